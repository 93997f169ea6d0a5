/**
 * What several runs say together: estimates over seeds, tests of differences, and the table of a
 * comparison as data and as text. Knows neither Spark nor files.
 */
package io.dimat.compare;
