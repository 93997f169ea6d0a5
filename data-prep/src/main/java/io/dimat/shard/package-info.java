/**
 * The shard format: one sorted Parquet file per agent, a test and perhaps a validation file, and a
 * manifest that says what is in them, written last. Also what turns an agent's images into batches.
 */
package io.dimat.shard;
