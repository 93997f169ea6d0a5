/**
 * Committed states: files written once by tasks, manifests written once by the driver, and the
 * lease that keeps two drivers out of one output folder. Hadoop file systems only; no renames, no
 * listing.
 */
package io.dimat.store;
