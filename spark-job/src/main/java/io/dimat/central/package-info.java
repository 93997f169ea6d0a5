/**
 * The control that is not decentralized: DL4J's own Spark module averages the agents' parameters
 * through the driver. The one package that knows Spark and DL4J together.
 */
package io.dimat.central;
