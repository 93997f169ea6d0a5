/** Making one model of several: merge operators, and what happens to batch norm afterwards. */
package io.dimat.merge;
