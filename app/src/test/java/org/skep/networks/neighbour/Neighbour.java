package org.skep.networks.neighbour;

/** Something of a network's own. */
public record Neighbour(String name) {}
