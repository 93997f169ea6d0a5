/** The jobs behind the command line: planning, training, preparing, reporting. */
package io.dimat.job;
