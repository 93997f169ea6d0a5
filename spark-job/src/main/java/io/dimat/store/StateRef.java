package io.dimat.store;

import java.io.Serializable;

/**
 * Where a written state lies and what it must hash to.
 *
 * @param path relative to the output folder
 * @param sha256 of the file's bytes, hexadecimal
 * @param bytes length of the file
 */
public record StateRef(String path, String sha256, long bytes) implements Serializable {}
