/**
 * Forward and backward passes in plain Java and double precision, one small class per kind of
 * layer: written to be read and to judge the fast engines by.
 */
package io.dimat.learn.reference;
