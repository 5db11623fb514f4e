package org.skep.engine.trespass;

import org.skep.networks.neighbour.Neighbour;

/** The engine may know networks by their contract only. */
public record KnowsANetwork(Neighbour neighbour) {}
