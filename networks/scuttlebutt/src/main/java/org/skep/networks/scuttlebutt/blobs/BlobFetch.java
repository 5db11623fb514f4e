package org.skep.networks.scuttlebutt.blobs;

import java.time.Duration;
import java.util.Optional;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;
import org.skep.kernel.Hash;
import org.skep.kernel.PeerException;
import org.skep.kernel.StoreException;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.rpc.BodyType;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;

/**
 * Fetches blobs from one peer, one at a time. What has come before an interruption is not fetched
 * again, whoever it came from: the rest is asked for by {@code blobs.getSlice}, or passed over
 * where the other side knows only {@code blobs.get}.
 */
final class BlobFetch {
  private static final System.Logger LOG = System.getLogger(BlobFetch.class.getName());

  /** The peer has it and does not say how long it is. */
  static final long LENGTH_UNKNOWN = 0;

  /** How long may pass without a byte. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  /** A whole blob may take so long for each byte, so that a trickle does not hold the line. */
  private static final long BYTES_PER_SECOND_MIN = 4_096;

  /** What became of it. */
  enum Outcome {
    /** It is here. */
    CAME,
    /**
     * Another road brings it, there is no room for it now, or what an earlier one brought was
     * wrong: worth another try.
     */
    LATER,
    /** The peer does not give it, gave something else, or nobody wants it any more. */
    NOT_FROM_HERE
  }

  private final BlobShelf shelf;
  private final RpcConnection connection;
  private final Clock clock;

  BlobFetch(BlobShelf shelf, RpcConnection connection, Clock clock) {
    this.shelf = shelf;
    this.connection = connection;
    this.clock = clock;
  }

  /**
   * Fetches one blob, unless nobody wants it.
   *
   * @param lengthBytes as the peer said, or {@link #LENGTH_UNKNOWN}
   * @throws PeerException when the connection is gone
   */
  Outcome fetch(Hash blob, long lengthBytes) throws PeerException, InterruptedException {
    try {
      if (!shelf.isWanted(blob)) {
        return Outcome.NOT_FROM_HERE;
      }
      Optional<Blobs.Arrival> arrival = shelf.arrive(blob);
      return arrival.isEmpty() ? Outcome.LATER : fetch(blob, lengthBytes, arrival.get());
    } catch (DiskException e) {
      LOG.log(System.Logger.Level.DEBUG, "a blob found no room", e);
      return Outcome.LATER;
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "a blob could not be kept", e);
      return Outcome.LATER;
    }
  }

  private Outcome fetch(Hash blob, long lengthBytes, Blobs.Arrival arrival)
      throws PeerException, InterruptedException {
    long before = arrival.lengthBytes();
    try (arrival) {
      boolean rested = before > 0 && fetchRest(blob, lengthBytes, arrival);
      if (!rested) {
        receive(open("blobs.get", options(blob)), arrival, before);
      }
      arrival.complete().close();
      return Outcome.CAME;
    } catch (BlobRefusedException e) {
      LOG.log(System.Logger.Level.DEBUG, "a blob was refused: {0}", e.getMessage());
      // Who brought the end need not have brought the wrong beginning.
      return before > 0 ? Outcome.LATER : Outcome.NOT_FROM_HERE;
    } catch (RpcException e) {
      LOG.log(System.Logger.Level.DEBUG, "a blob did not come: {0}", e.getMessage());
      return Outcome.NOT_FROM_HERE;
    }
  }

  /**
   * Goes on where an earlier arrival ended.
   *
   * @return false when the other side does not give parts, so that nothing came
   */
  private boolean fetchRest(Hash blob, long lengthBytes, Blobs.Arrival arrival)
      throws RpcException, PeerException, InterruptedException, BlobRefusedException {
    long here = arrival.lengthBytes();
    if (lengthBytes == LENGTH_UNKNOWN || here >= lengthBytes) {
      return here == lengthBytes;
    }
    JsObject part =
        options(blob).with("start", new JsNumber(here)).with("end", new JsNumber(lengthBytes));
    try {
      receive(open("blobs.getSlice", part), arrival, 0);
      return true;
    } catch (RpcException e) {
      if (arrival.lengthBytes() > here) {
        throw e;
      }
      return false;
    }
  }

  private static JsObject options(Hash blob) {
    return JsObject.EMPTY
        .with("key", new BlobId(blob).toString())
        .with("max", new JsNumber(BlobShelf.BLOB_BYTES_MAX));
  }

  private RpcStream open(String method, JsObject options)
      throws PeerException, InterruptedException {
    return connection.open(RpcKind.SOURCE, method, options);
  }

  /**
   * @param known how many bytes of the stream are here already
   */
  private void receive(RpcStream stream, Blobs.Arrival arrival, long known)
      throws RpcException, PeerException, InterruptedException, BlobRefusedException {
    long begun = clock.monotonicNanos();
    long bytes = 0;
    try {
      Optional<RpcItem> item = stream.receive(clock, SILENCE_MAX);
      while (item.isPresent()) {
        if (item.get().type() != BodyType.BINARY) {
          throw new RpcException("a blob comes as bytes");
        }
        Bytes body = item.get().body();
        int skipped = Math.clamp(known - bytes, 0, body.length());
        arrival.add(body.slice(skipped, body.length()));
        bytes += body.length();
        checkPace(bytes, clock.monotonicNanos() - begun);
        item = stream.receive(clock, SILENCE_MAX);
      }
    } finally {
      stream.end();
    }
  }

  private static void checkPace(long bytes, long nanos) throws RpcException {
    long allowed = SILENCE_MAX.toNanos() + bytes * (1_000_000_000L / BYTES_PER_SECOND_MIN);
    if (nanos > allowed) {
      throw new RpcException("it comes too slowly");
    }
  }
}
