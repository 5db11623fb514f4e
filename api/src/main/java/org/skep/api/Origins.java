package org.skep.api;

/**
 * Where one client finds us, for addresses it can follow.
 *
 * @param app such as {@code http://localhost:7537}
 * @param content such as {@code http://localhost:7539}
 */
record Origins(String app, String content) {}
