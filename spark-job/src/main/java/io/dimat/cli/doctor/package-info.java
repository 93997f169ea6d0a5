/** Checks of the machine, each with advice. */
package io.dimat.cli.doctor;
