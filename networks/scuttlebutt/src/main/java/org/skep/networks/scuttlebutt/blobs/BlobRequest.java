package org.skep.networks.scuttlebutt.blobs;

import java.util.List;
import java.util.Optional;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcRequest;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * What somebody asks of {@code blobs.get}.
 *
 * @param size refuse the blob unless it has exactly so many bytes
 * @param max refuse the blob if it has more bytes
 * @param start the first byte wanted
 * @param end the byte after the last one wanted; absent for all
 */
record BlobRequest(
    BlobId blob, Optional<JsValue> size, Optional<JsValue> max, long start, Optional<Long> end) {
  /** Under which an object names a blob; the first that is there counts. */
  private static final List<String> NAMES = List.of("id", "key", "hash");

  static BlobRequest parse(RpcRequest request) throws RpcException {
    JsValue asked = request.arguments().stream().findFirst().orElse(JsNull.NULL);
    JsObject options = request.options();
    return new BlobRequest(
        id(asked), limit(options, "size"), limit(options, "max"), 0, Optional.empty());
  }

  /**
   * A part, as multiblob's {@code getSlice} takes it: both ends are named.
   *
   * @throws RpcException when they are not, or are no part of anything
   */
  static BlobRequest parsePart(RpcRequest request) throws RpcException {
    BlobRequest whole = parse(request);
    JsObject options = request.options();
    long start = place(options, "start");
    long end = place(options, "end");
    if (end < start) {
      throw new RpcException("{end} stands before {start}");
    }
    return new BlobRequest(whole.blob(), whole.size(), whole.max(), start, Optional.of(end));
  }

  private static long place(JsObject options, String name) throws RpcException {
    if (options.get(name).orElse(JsNull.NULL) instanceof JsNumber(double place)
        && place >= 0
        && place == Math.rint(place)) {
      return (long) place;
    }
    throw new RpcException("{" + name + "} must be a number");
  }

  private static Optional<JsValue> limit(JsObject options, String name) {
    return options.get(name).filter(value -> !(value instanceof JsNull));
  }

  /**
   * The blob that a text, or an object, names.
   *
   * @throws RpcException when it names none
   */
  static BlobId id(JsValue asked) throws RpcException {
    Optional<String> text =
        switch (asked) {
          case JsString(String id) -> Optional.of(id);
          case JsObject object ->
              NAMES.stream().flatMap(name -> object.string(name).stream()).findFirst();
          case JsArray _, JsNumber _, JsBool _, JsNull _ -> Optional.empty();
        };
    return text.flatMap(BlobId::ofSigil).orElseThrow(() -> new RpcException("invalid id"));
  }

  /**
   * @throws RpcException when a blob of this length is not what is asked for
   */
  void checkLength(long bytes) throws RpcException {
    boolean exact = size.isEmpty() || (size.get() instanceof JsNumber(double n) && n == bytes);
    boolean small = max.isEmpty() || (max.get() instanceof JsNumber(double n) && n >= bytes);
    if (!exact || !small) {
      throw new RpcException("incorrect file length, the file has " + bytes + " bytes");
    }
  }
}
