package io.dimat.central;

import io.dimat.tensor.ParamVector;

/**
 * What one round of parameter averaging gave.
 *
 * @param model the one model that all agents have now
 * @param images that went through training, over all agents
 * @param averagings how often parameters were averaged
 * @param bytes that went through the driver: every agent with images in a stretch between two
 *     averagings gets parameters, running statistics and optimizer state, and sends them back
 */
public record AveragedRound(ParamVector model, long images, int averagings, long bytes) {}
