/**
 * The command line: arguments, help, messages and exit codes. What the commands do is behind {@link
 * io.dimat.cli.Commands}.
 */
package io.dimat.cli;
