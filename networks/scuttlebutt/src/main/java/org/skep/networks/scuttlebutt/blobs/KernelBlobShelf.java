package org.skep.networks.scuttlebutt.blobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Media;
import org.skep.kernel.Policy;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/** {@link BlobShelf} over the contracts of the kernel. */
public final class KernelBlobShelf implements BlobShelf {
  /** What it needs of the rest of the program. */
  public record Doors(Store store, Blobs blobs, Media media, Policy policy) {}

  private final Doors doors;
  private final AccountId account;
  private final Ref peer;

  /**
   * @param account whom the peer dialled, or who dialled it
   */
  public KernelBlobShelf(Doors doors, AccountId account, Ref peer) {
    this.doors = doors;
    this.account = account;
    this.peer = peer;
  }

  private boolean peerMayReceive(Tx tx) {
    return doors.policy().may(tx, account, peer, Policy.Deed.RECEIVE)
        instanceof Policy.Decision.Allowed;
  }

  @Override
  public Map<Hash, Long> given(Collection<Hash> asked) {
    return doors
        .store()
        .read(tx -> peerMayReceive(tx) ? doors.media().given(tx, account, peer, asked) : Map.of());
  }

  @Override
  public List<Hash> missing() {
    return doors
        .store()
        .read(tx ->
            peerMayReceive(tx)
                ? doors.media().missing(tx, account, peer.network(), BLOB_BYTES_MAX, MISSING_MAX)
                : List.of());
  }

  @Override
  public boolean isWanted(Hash blob) {
    return doors.store().read(tx -> doors.media().isWanted(tx, account, blob));
  }

  @Override
  public Optional<Blobs.Arrival> arrive(Hash blob) {
    return doors.blobs().arrive(blob, BLOB_BYTES_MAX);
  }

  @Override
  public Optional<Blobs.Lease> lease(Hash blob) {
    return doors.blobs().lease(blob);
  }

  @Override
  public Bytes read(Hash blob, long offset, int length) {
    return doors.blobs().read(blob, offset, length);
  }

  @Override
  public Subscription subscribe(Listener listener) {
    Store.Subscription heard = doors.store().subscribe(said -> tell(said, listener));
    return heard::close;
  }

  private void tell(Announcement announcement, Listener listener) {
    switch (announcement) {
      case Announcement.BlobChanged(Hash blob) -> listener.blobChanged(blob);
      case Announcement.MediaShown(Ref author) -> {
        if (author.network().equals(peer.network())) {
          listener.missingChanged();
        }
      }
      case Announcement.InterestsChanged(AccountId changed) -> {
        if (changed.equals(account)) {
          listener.missingChanged();
        }
      }
      case Announcement.EntryKept _,
          Announcement.SealedKept _,
          Announcement.PostShown _,
          Announcement.PostChanged _,
          Announcement.EntryGone _,
          Announcement.HeldChanged _,
          Announcement.Reacted _ -> {}
    }
  }
}
