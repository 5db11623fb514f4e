package org.skep.networks.home.operation;

import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.cbor.CborException;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.cbor.CborType;
import org.skep.wire.cbor.CborWriter;

/**
 * Bytes to operations and back. A header is a CBOR array: version, author, signature, payload size,
 * payload hash (absent when the size is 0), sequence number, backlink (absent when the number is
 * 0), extensions (absent when there are none). An operation by itself is a CBOR array of one or two
 * byte strings: the header, and the body unless it is absent.
 *
 * <p>Reads one encoding only, so that {@code encode(decode(bytes))} is always {@code bytes}. Checks
 * shape, not signatures; see {@link OperationValidator}. Source: p2panda-core {@code serde.rs}. Any
 * thread.
 */
public final class OperationCodec {
  /** Longest header, extensions included. */
  public static final int HEADER_BYTES_MAX = 4096;

  /** Longest body: 1 MiB. */
  public static final int BODY_BYTES_MAX = 1 << 20;

  /** Longest operation: header, body and the heads of the array and its two strings. */
  public static final int OPERATION_BYTES_MAX = 1 + 3 + HEADER_BYTES_MAX + 5 + BODY_BYTES_MAX;

  private static final int HEADER_FIELDS_MIN = 5;
  private static final int HEADER_FIELDS_MAX = 8;

  private OperationCodec() {}

  /** An operation as it is stored and carried. */
  public static Reading decode(Bytes bytes) {
    if (bytes.length() > OPERATION_BYTES_MAX) {
      return new Reading.Malformed("an operation too long");
    }
    CborReader reader = new CborReader(bytes);
    Bytes header;
    @Nullable Bytes body;
    try {
      int count = reader.array(2);
      if (count == 0) {
        return new Reading.Malformed("an operation without a header");
      }
      header = reader.bytes(HEADER_BYTES_MAX);
      body = count == 2 ? reader.bytes(BODY_BYTES_MAX) : null;
      reader.end();
    } catch (CborException e) {
      return new Reading.Malformed("operation: " + e.reason());
    }
    return decode(header, body);
  }

  /**
   * An operation whose parts come apart.
   *
   * @param body null when it is absent
   */
  public static Reading decode(Bytes headerBytes, @Nullable Bytes body) {
    if (headerBytes.length() > HEADER_BYTES_MAX) {
      return new Reading.Malformed("a header too long");
    }
    if (body != null && (body.length() == 0 || body.length() > BODY_BYTES_MAX)) {
      return new Reading.Malformed("a body of " + body.length() + " bytes");
    }
    try {
      Header header = readHeader(new CborReader(headerBytes));
      OperationId id = OperationId.ofHeader(headerBytes);
      return new Reading.Read(new Operation(id, header, headerBytes, body));
    } catch (CborException e) {
      return new Reading.Malformed("header: " + e.reason());
    }
  }

  public static Bytes encode(Operation operation) {
    Bytes body = operation.body();
    CborWriter writer = new CborWriter().array(body == null ? 1 : 2);
    writer.bytes(operation.headerBytes());
    if (body != null) {
      writer.bytes(body);
    }
    return writer.toBytes();
  }

  /** The signed header: what the operation's id is the hash of. */
  public static Bytes encodeHeader(Header header) {
    return write(header, true);
  }

  /** The header without its signature: what is signed. */
  public static Bytes encodeUnsigned(Header header) {
    return write(header, false);
  }

  private static Header readHeader(CborReader reader) throws CborException {
    int fields = reader.array(HEADER_FIELDS_MAX);
    if (fields < HEADER_FIELDS_MIN) {
      throw new CborException("too few fields");
    }
    if (reader.unsigned(0xffff) != Header.VERSION) {
      throw new CborException("a version other than " + Header.VERSION);
    }
    PublicKey author = new PublicKey(reader.bytesOf(PublicKey.LENGTH_BYTES));
    Bytes signature = reader.bytesOf(Header.SIGNATURE_BYTES);
    int payloadSizeBytes = (int) reader.unsigned(BODY_BYTES_MAX);
    @Nullable Bytes payloadHash =
        payloadSizeBytes == 0 ? null : reader.bytesOf(Header.PAYLOAD_HASH_BYTES);
    long sequence = reader.unsigned(Header.SEQUENCE_MAX);
    @Nullable OperationId backlink =
        sequence == 0 ? null : new OperationId(reader.bytesOf(OperationId.LENGTH_BYTES));
    int expected = HEADER_FIELDS_MIN + (payloadHash == null ? 0 : 1) + (backlink == null ? 0 : 1);
    Extensions extensions = fields == expected ? Extensions.NONE : readExtensions(reader);
    if (fields != expected + (extensions.isEmpty() ? 0 : 1)) {
      throw new CborException("a number of fields other than its size and sequence demand");
    }
    reader.end();
    return new Header(
        author, signature, payloadSizeBytes, payloadHash, sequence, backlink, extensions);
  }

  private static Extensions readExtensions(CborReader reader) throws CborException {
    if (reader.peek() != CborType.MAP) {
      throw new CborException("extensions that are not a map");
    }
    return Extensions.read(reader);
  }

  private static Bytes write(Header header, boolean signed) {
    Bytes payloadHash = header.payloadHash();
    OperationId backlink = header.backlink();
    int fields =
        4
            + (signed ? 1 : 0)
            + (payloadHash == null ? 0 : 1)
            + (backlink == null ? 0 : 1)
            + (header.extensions().isEmpty() ? 0 : 1);
    CborWriter writer = new CborWriter().array(fields);
    writer.unsigned(Header.VERSION).bytes(header.author().bytes());
    if (signed) {
      writer.bytes(header.signature());
    }
    writer.unsigned(header.payloadSizeBytes());
    if (payloadHash != null) {
      writer.bytes(payloadHash);
    }
    writer.unsigned(header.sequence());
    if (backlink != null) {
      writer.bytes(backlink.bytes());
    }
    if (!header.extensions().isEmpty()) {
      writer.map(header.extensions().encoded());
    }
    return writer.toBytes();
  }
}
