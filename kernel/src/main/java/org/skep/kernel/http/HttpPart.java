package org.skep.kernel.http;

import org.skep.kernel.Bytes;

/**
 * One part of a form with files (multipart/form-data, RFC 7578).
 *
 * @param name of the form's field
 * @param file whether it came as a file; its name on the sender's computer is nobody's business
 * @param content as it was sent; what it claims to be is not to be believed
 */
public record HttpPart(String name, boolean file, Bytes content) {}
