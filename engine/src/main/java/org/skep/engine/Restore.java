package org.skep.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.kernel.Blobs;
import org.skep.kernel.Facts;
import org.skep.kernel.Hash;
import org.skep.kernel.Inbox;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Store;
import org.skep.kernel.Verdict;

/**
 * Brings back in an empty node what another one gave away: first people, then facts and blobs, then
 * what hangs on those. Facts pass the same door and the same checks as those of any peer; only is
 * nobody asked whether she wants them, because she had them. Her identities rest as after a backup
 * that was put back. Doing any of it again changes nothing, but people come once.
 */
public final class Restore implements AutoCloseable {
  private static final Origin ORIGIN = new Origin("an export", Lane.BULK);

  private final Store store;
  private final Facts facts;
  private final Blobs blobs;
  private final PrivateState privates;
  private final CopyRest copyRest;
  private final Projections projections;
  private final Recorder recorder;
  private final StoreInbox inbox;

  Restore(
      Engine.Ground ground,
      CopyRest copyRest,
      Projections projections,
      Recorder recorder,
      StoreInbox inbox) {
    this.store = ground.store();
    this.facts = ground.facts();
    this.blobs = ground.blobs();
    this.privates = new PrivateState(ground.vault(), ground.aliases());
    this.copyRest = copyRest;
    this.projections = projections;
    this.recorder = recorder;
    this.inbox = inbox;
  }

  /**
   * Makes the people, all of them or none.
   *
   * @throws IllegalArgumentException when they can't be as they are told, in words
   */
  public void people(List<PrivateState.Line.Person> lines) {
    checkNoneTwice(lines);
    store.write(
        Lane.OWN,
        tx -> {
          lines.forEach(line -> privates.restore(tx, line));
          copyRest.begin(tx, CopyRest.Cause.PUT_BACK);
          return lines.size();
        });
  }

  private static void checkNoneTwice(List<PrivateState.Line.Person> lines) {
    Set<List<Object>> seen = new HashSet<>();
    for (PrivateState.Line.Person line : lines) {
      List<Object> name =
          switch (line) {
            case PrivateState.Line.Account account -> List.of("account", account.account());
            case PrivateState.Line.Key key -> List.of("key", key.account(), key.purpose());
            // One person's alone.
            case PrivateState.Line.Identity identity -> List.of("identity", identity.identity());
            case PrivateState.Line.Setting setting ->
                List.of("setting", setting.account(), setting.name());
            case PrivateState.Line.Address address ->
                List.of("address", address.account(), address.network(), address.address());
          };
      if (!seen.add(name)) {
        throw new IllegalArgumentException("it says the same thing twice");
      }
    }
  }

  /** {@link Inbox#offer} with all that the door checks. */
  public List<Verdict> offer(List<RawItem> items) throws InterruptedException {
    return inbox.offer(items, ORIGIN);
  }

  /**
   * Keeps blobs for good again, opens what was sealed for somebody, and lets wait what had not gone
   * out. What they speak of and is not here is passed over.
   */
  public void belongings(List<PrivateState.Line> lines) throws InterruptedException {
    Set<Hash> here = new HashSet<>();
    for (PrivateState.Line line : lines) {
      if (line instanceof PrivateState.Line.Pin pin && blobs.find(pin.blob()).isPresent()) {
        here.add(pin.blob());
      }
    }
    projections.alone(() ->
        store.write(
            Lane.BULK,
            tx -> {
              for (PrivateState.Line line : lines) {
                switch (line) {
                  case PrivateState.Line.Person _ -> {}
                  case PrivateState.Line.Pin pin -> {
                    if (here.contains(pin.blob())) {
                      blobs.pin(tx, pin.account(), pin.blob(), pin.purpose());
                    }
                  }
                  case PrivateState.Line.Held held -> privates.hold(tx, held);
                  case PrivateState.Line.ContentKey key ->
                      privates
                          .sealedFact(tx, facts, key)
                          .ifPresent(fact -> recorder.opened(tx, key.account(), fact, key.key()));
                }
              }
              return lines.size();
            }));
  }

  @Override
  public void close() {
    inbox.close();
  }
}
