/**
 * What a run measured, as plain values: one row per agent, round or permutation group, and a
 * description of the run they belong to. Streams are opened by the caller; nothing here knows a
 * file system.
 */
package io.dimat.metrics;
