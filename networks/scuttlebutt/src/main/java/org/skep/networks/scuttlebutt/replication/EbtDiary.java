package org.skep.networks.scuttlebutt.replication;

import java.util.Collection;
import java.util.Map;
import org.skep.kernel.Diary;
import org.skep.networks.scuttlebutt.message.FeedId;

/** Writes down what the two sides of one EBT stream say of feeds that are wanted. Any thread. */
final class EbtDiary {
  private final Replica replica;
  private final EbtState state;

  EbtDiary(Replica replica, EbtState state) {
    this.replica = replica;
    this.state = state;
  }

  /**
   * Where they had just what we have, nothing need be said of it.
   *
   * @param theirs how far they had each feed when last met
   * @param heads how far we have each that is wanted
   */
  void metAgain(Map<FeedId, Long> theirs, Map<FeedId, Long> heads) {
    theirs.forEach((feed, sequence) -> {
      if (sequence.equals(heads.get(feed))) {
        replica.happened(feed, new Diary.Happening.Has(sequence));
      }
    });
  }

  /** Before the notes are acted on, so that what is done about them stands after them. */
  void theySay(Map<FeedId, Note> notes) {
    notes.forEach((feed, note) -> {
      if (state.isWanted(feed)) {
        replica.happened(
            feed,
            note.wanted()
                ? new Diary.Happening.Has(note.sequence())
                : new Diary.Happening.Declined());
      }
    });
  }

  void weSay(Map<FeedId, Note> notes) {
    notes.forEach((feed, note) -> {
      if (note.wanted()) {
        // They may have spoken of it before anybody here wanted it.
        state
            .ask(feed)
            .map(EbtState.Ask::theyHave)
            .filter(has -> has > 0)
            .ifPresent(has -> replica.happened(feed, new Diary.Happening.Has(has)));
        replica.happened(
            feed,
            note.receive()
                ? new Diary.Happening.Asked(note.sequence())
                : new Diary.Happening.Spared());
      }
    });
  }

  void cannotBeRead(FeedId author, String reason) {
    if (state.isWanted(author)) {
      replica.happened(author, new Diary.Happening.Failed("an entry can't be read: " + reason));
    }
  }

  void late(Collection<FeedId> feeds) {
    feeds.forEach(feed ->
        replica.happened(feed, new Diary.Happening.Failed("it promised more and sent nothing")));
  }
}
