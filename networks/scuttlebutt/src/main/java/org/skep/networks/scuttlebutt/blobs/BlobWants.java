package org.skep.networks.scuttlebutt.blobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Hash;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;

/**
 * What two sides of one connection have told each other of blobs: which either wants, and which the
 * other has. No I/O; not for several threads.
 *
 * <p>Source: npm {@code ssb-blobs} 2.0.1, {@code inject.js}: a number below zero means "wanted, so
 * many hops away", one above "here, so many bytes".
 */
final class BlobWants {
  /** How many blobs the other side may want at once. */
  static final int THEIRS_MAX = 10_000;

  private static final double WANTED_HERE = -1;

  private final Set<Hash> said = new LinkedHashSet<>();
  private final LinkedHashSet<Hash> theirs = new LinkedHashSet<>();
  private final LinkedHashMap<Hash, Long> offered = new LinkedHashMap<>();

  /**
   * What came from the other side.
   *
   * @param wanted what it wants to have
   * @param offers how many of what we want it has now
   */
  record Heard(Set<Hash> wanted, int offers) {}

  /**
   * Takes in what the other side says; what it has that we don't want is passed over, and what it
   * wants beyond {@link #THEIRS_MAX}.
   */
  Heard hear(JsObject packet) {
    Set<Hash> wanted = new LinkedHashSet<>();
    int offers = 0;
    for (Map.Entry<String, JsValue> member : packet.members().entrySet()) {
      Optional<Hash> blob = BlobId.ofSigil(member.getKey()).map(BlobId::hash);
      if (blob.isEmpty() || !(member.getValue() instanceof JsNumber(double number))) {
        continue;
      }
      if (number < 0) {
        if (theirs.size() < THEIRS_MAX || theirs.contains(blob.get())) {
          theirs.add(blob.get());
          wanted.add(blob.get());
        }
      } else if (isLength(number) && said.contains(blob.get())) {
        offers++;
        offered.put(blob.get(), (long) number);
      }
    }
    return new Heard(wanted, offers);
  }

  private static boolean isLength(double number) {
    return number >= 1 && number <= BlobShelf.BLOB_BYTES_MAX && number == Math.rint(number);
  }

  /** Whether the other side waits for a blob. */
  boolean isWantedThere(Hash blob) {
    return theirs.contains(blob);
  }

  /** The other side was told that the blob is here. */
  void given(Collection<Hash> blobs) {
    theirs.removeAll(blobs);
  }

  /**
   * We want these, no more and no fewer.
   *
   * @return those that the other side was not told of yet
   */
  List<Hash> want(Collection<Hash> missing) {
    Set<Hash> wanted = Set.copyOf(missing);
    said.retainAll(wanted);
    offered.keySet().retainAll(wanted);
    List<Hash> fresh = new ArrayList<>();
    for (Hash blob : missing) {
      if (said.add(blob)) {
        fresh.add(blob);
      }
    }
    return fresh;
  }

  /** One that we want and the other side has, with its length; the first that was offered. */
  Optional<Map.Entry<Hash, Long>> nextOffered() {
    return Optional.ofNullable(offered.pollFirstEntry());
  }

  /** Puts an offer back to be taken later. */
  void keepOffer(Hash blob, long lengthBytes) {
    if (said.contains(blob)) {
      offered.putLast(blob, lengthBytes);
    }
  }

  /** What says that these are wanted. */
  static JsObject wanted(Collection<Hash> blobs) {
    LinkedHashMap<String, JsValue> members = new LinkedHashMap<>();
    blobs.forEach(blob -> members.put(new BlobId(blob).toString(), new JsNumber(WANTED_HERE)));
    return new JsObject(members);
  }

  /** What says that these are here. */
  static JsObject held(Map<Hash, Long> blobs) {
    LinkedHashMap<String, JsValue> members = new LinkedHashMap<>();
    blobs.forEach((blob, length) -> members.put(new BlobId(blob).toString(), new JsNumber(length)));
    return new JsObject(members);
  }
}
