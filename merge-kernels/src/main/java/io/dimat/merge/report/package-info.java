/** What a merge was worth: parents, controls, matching quality, barrier and verdict, as values. */
package io.dimat.merge.report;
