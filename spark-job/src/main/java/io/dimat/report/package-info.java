/**
 * The HTML report of a run and its short form for a terminal, both drawn from metrics rows alone.
 * Charts are written as SVG directly: a plotting library on AWT needs installed fonts, which a
 * headless cluster image does not have.
 */
package io.dimat.report;
