package io.dimat.job;

import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.util.SortedMap;

/**
 * A model with what its files say about it, wherever it was read from.
 *
 * @param name of its file, without the ending
 * @param story where it comes from and how good it is, for people, a few words
 * @param metadata where it comes from, for programs
 */
record NamedModel(
    String name,
    String story,
    Network network,
    ParamVector parameters,
    SortedMap<String, String> metadata) {}
