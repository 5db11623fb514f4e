package org.skep.kernel.http;

/** What a handler gives back. */
public sealed interface HttpAnswer permits HttpResponse, HttpEvents, HttpSignIn {}
