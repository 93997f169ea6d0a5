package io.dimat.source;

import java.io.Serializable;

/**
 * An image in a file of its own.
 *
 * @param path below the dataset's folder
 */
record LabelledFile(String path, int label) implements Serializable {}
