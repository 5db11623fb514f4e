package org.skep.networks.scuttlebutt.blobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Blobs;
import org.skep.kernel.Hash;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.rpc.BodyType;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcRequest;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsValue;

/** Serves what a peer asks of our blobs. Any thread. */
final class BlobServer {
  /** How many blobs one call may ask after. */
  static final int IDS_MAX = 10_000;

  private final BlobShelf shelf;

  BlobServer(BlobShelf shelf) {
    this.shelf = shelf;
  }

  /** Adds the methods by which the other side reads our blobs. */
  RpcMethods.Builder serve(RpcMethods.Builder methods) {
    return methods
        .async("blobs.has", this::has)
        .source("blobs.get", (request, stream) -> give(BlobRequest.parse(request), stream))
        .source("blobs.getSlice", (request, stream) -> give(BlobRequest.parsePart(request), stream))
        .source("blobs.changes", (_, stream) -> changes(stream));
  }

  /** One id is answered by a truth value, a list of them by a list. */
  private JsValue has(RpcRequest request) throws RpcException {
    JsValue asked = request.arguments().stream().findFirst().orElse(JsNull.NULL);
    if (!(asked instanceof JsArray(List<JsValue> ids))) {
      return new JsBool(isGiven(BlobRequest.id(asked)));
    }
    if (ids.size() > IDS_MAX) {
      throw new RpcException("too many ids at once");
    }
    List<Hash> blobs = new ArrayList<>(ids.size());
    for (JsValue id : ids) {
      blobs.add(BlobRequest.id(id).hash());
    }
    Map<Hash, Long> given = shelf.given(blobs);
    return new JsArray(
        blobs.stream().<JsValue>map(blob -> new JsBool(given.containsKey(blob))).toList());
  }

  private boolean isGiven(BlobId blob) {
    return shelf.given(List.of(blob.hash())).containsKey(blob.hash());
  }

  private void give(BlobRequest wish, RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    Optional<Blobs.Lease> held =
        isGiven(wish.blob()) ? shelf.lease(wish.blob().hash()) : Optional.empty();
    if (held.isEmpty()) {
      throw new RpcException("could not get blob");
    }
    try (Blobs.Lease lease = held.get()) {
      long length = lease.blob().lengthBytes();
      wish.checkLength(length);
      long end = Math.min(wish.end().orElse(length), length);
      boolean heard = true;
      for (long at = wish.start(); at < end && heard; at += Blobs.CHUNK_BYTES) {
        int part = (int) Math.min(Blobs.CHUNK_BYTES, end - at);
        heard =
            stream.send(new RpcItem(BodyType.BINARY, shelf.read(lease.blob().hash(), at, part)));
      }
    }
  }

  /**
   * Stands open and tells nothing: who waits for a blob hears by {@code createWants} that it came.
   * It is served because an older ssb-blobs asks for blobs only as long as this stream stands.
   */
  private static void changes(RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      item = stream.receive();
    }
  }
}
