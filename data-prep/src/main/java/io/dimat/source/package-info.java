/**
 * Datasets as the world publishes them, read into one table of (index, label, pixels). Files are
 * read through Hadoop's file systems by parallel tasks; whatever is wrong with them is one {@link
 * io.dimat.source.DataException}.
 */
package io.dimat.source;
