package org.skep.networks.scuttlebutt.blobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.skep.kernel.Blobs;
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

/**
 * Serves {@code blobs.has}, {@code blobs.get} and {@code blobs.changes} to one peer. Any thread.
 */
public final class BlobServer {
  /** How many blobs one call may ask after. */
  static final int IDS_MAX = 10_000;

  private final Blobs blobs;
  private final BooleanSupplier peerMayReceive;

  /**
   * @param peerMayReceive asked for each call
   */
  public BlobServer(Blobs blobs, BooleanSupplier peerMayReceive) {
    this.blobs = blobs;
    this.peerMayReceive = peerMayReceive;
  }

  /** Adds the methods by which the other side reads our blobs. */
  public RpcMethods.Builder serve(RpcMethods.Builder methods) {
    return methods
        .async("blobs.has", this::has)
        .source("blobs.get", this::get)
        .source("blobs.changes", (_, stream) -> changes(stream));
  }

  /** One id is answered by a truth value, a list of them by a list. */
  private JsValue has(RpcRequest request) throws RpcException {
    JsValue asked = request.arguments().stream().findFirst().orElse(JsNull.NULL);
    if (!(asked instanceof JsArray(List<JsValue> ids))) {
      return new JsBool(isServed(BlobRequest.id(asked)));
    }
    if (ids.size() > IDS_MAX) {
      throw new RpcException("too many ids at once");
    }
    List<JsValue> answers = new ArrayList<>(ids.size());
    for (JsValue id : ids) {
      answers.add(new JsBool(isServed(BlobRequest.id(id))));
    }
    return new JsArray(answers);
  }

  private boolean isServed(BlobId blob) {
    return peerMayReceive.getAsBoolean() && blobs.isPinned(blob.hash());
  }

  private void get(RpcRequest request, RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    BlobRequest wish = BlobRequest.parse(request);
    Optional<Blobs.Lease> held =
        isServed(wish.blob()) ? blobs.lease(wish.blob().hash()) : Optional.empty();
    if (held.isEmpty()) {
      throw new RpcException("could not get blob");
    }
    try (Blobs.Lease lease = held.get()) {
      long length = lease.blob().lengthBytes();
      wish.checkLength(length);
      boolean heard = true;
      for (long at = 0; at < length && heard; at += Blobs.CHUNK_BYTES) {
        heard =
            stream.send(
                new RpcItem(
                    BodyType.BINARY, blobs.read(lease.blob().hash(), at, Blobs.CHUNK_BYTES)));
      }
    }
  }

  /**
   * Tells which blobs came since the call: none, as long as this side asks for none. It is served
   * because ssb-blobs, where {@code createWants} is not, asks for blobs only as long as this stream
   * stands.
   */
  private static void changes(RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      item = stream.receive();
    }
  }
}
