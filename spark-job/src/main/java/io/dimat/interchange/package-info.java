/**
 * Model files that other programs read and write. What is read is checked before it is believed:
 * sizes are bounded, and a bad file ends in one message that names the rule.
 */
package io.dimat.interchange;
