package org.skep.networks.fediverse.signature;

/** How the Fediverse signs; nothing else is checked. */
public enum SignatureAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2). */
  RSA_V1_5_SHA256,
  /** RFC 8032. */
  ED25519
}
