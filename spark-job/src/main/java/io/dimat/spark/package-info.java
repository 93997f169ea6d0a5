/**
 * Runs agent programs on Spark: one task per agent and phase, states in files, references through
 * the driver. With data preparation and the session in {@code job}, the only code that knows Spark.
 */
package io.dimat.spark;
