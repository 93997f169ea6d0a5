/**
 * DL4J's model zips as data: the JSON is read as a tree and the array as bytes. No class that a
 * file names is ever looked up, and nothing is unpacked to disk.
 */
package io.dimat.dl4j.zip;
