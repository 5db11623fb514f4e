package org.skep.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Progress;

/**
 * The entities of Mastodon's API as Skep fills them; component names become snake_case. What Skep
 * adds stands under {@code skep}. A component without meaning here keeps Mastodon's neutral value,
 * because clients refuse entities with parts missing.
 */
final class Shapes {
  private Shapes() {}

  /**
   * @param network whose name it is
   * @param id the network's own text for it
   */
  record Face(String network, String id) {}

  /**
   * @param forked where two different entries at one place of her log are known, one sentence that
   *     says so; else null
   */
  record AccountExtra(String description, List<Face> faces, @Nullable String forked) {}

  record Field(String name, String value) {}

  record Source(
      String note,
      List<Field> fields,
      String privacy,
      boolean sensitive,
      @Nullable String language,
      int followRequestsCount) {}

  /**
   * Mastodon's Account, and CredentialAccount where a source is given.
   *
   * @param createdAt not known here: always the beginning of 1970
   */
  record Account(
      String id,
      String username,
      String acct,
      String displayName,
      boolean locked,
      boolean bot,
      boolean discoverable,
      boolean group,
      String createdAt,
      String note,
      String url,
      String uri,
      String avatar,
      String avatarStatic,
      String header,
      String headerStatic,
      long followersCount,
      long followingCount,
      long statusesCount,
      @Nullable String lastStatusAt,
      List<Object> emojis,
      List<Field> fields,
      AccountExtra skep,
      @Nullable Source source) {}

  record Mention(String id, String username, String acct, String url) {}

  /**
   * @param state {@code held}, {@code refused} (and tried again), {@code waiting}, {@code sent} or
   *     {@code confirmed}
   * @param words one plain sentence
   */
  record DeliveryWords(String state, String words) {}

  record MediaSize(int width, int height, String size, double aspect) {}

  record MediaMeta(MediaSize original, MediaSize small) {}

  /**
   * @param here whether its content is here
   * @param mediaType what its author says it is; may be empty
   */
  record MediaExtra(boolean here, String mediaType) {}

  record MediaAttachment(
      String id,
      String type,
      String url,
      String previewUrl,
      @Nullable String remoteUrl,
      @Nullable MediaMeta meta,
      String description,
      @Nullable String blurhash,
      MediaExtra skep) {}

  /**
   * @param name normalised, without the sign
   */
  record Tag(String name, String url) {}

  /**
   * @param kind what its author calls this kind of thing, when only its parts are known here; null
   *     for a post
   * @param boostedBy who passed it on of those whom the caller follows, and the caller, the first
   *     who did first
   * @param heldUntil when others get what is one's own and waits; null where they can have it
   * @param readers for whom it was sealed, its author among them; absent when anybody may read it
   */
  record StatusExtra(
      String text,
      @Nullable String kind,
      String arrivedAt,
      List<Face> faces,
      List<Account> boostedBy,
      @Nullable DeliveryWords delivery,
      @Nullable String heldUntil,
      @Nullable List<Account> readers) {}

  /**
   * @param text as it was typed; said of what is being deleted only
   */
  record Status(
      String id,
      String createdAt,
      @Nullable String inReplyToId,
      @Nullable String inReplyToAccountId,
      boolean sensitive,
      String spoilerText,
      String visibility,
      @Nullable String language,
      String uri,
      String url,
      int repliesCount,
      int reblogsCount,
      int favouritesCount,
      @Nullable String editedAt,
      boolean favourited,
      boolean reblogged,
      boolean muted,
      boolean bookmarked,
      boolean pinned,
      String content,
      @Nullable Status reblog,
      @Nullable Object application,
      Account account,
      List<MediaAttachment> mediaAttachments,
      List<Mention> mentions,
      List<Tag> tags,
      List<Object> emojis,
      @Nullable Object card,
      @Nullable Object poll,
      @Nullable String text,
      StatusExtra skep) {}

  /** What a post said at one time. */
  record StatusEdit(
      String content,
      String spoilerText,
      boolean sensitive,
      String createdAt,
      Account account,
      List<MediaAttachment> mediaAttachments,
      List<Object> emojis) {}

  record StatusSource(String id, String text, String spoilerText) {}

  /** Letters that belong together; its id is that of the oldest. */
  record Conversation(String id, boolean unread, List<Account> accounts, Status lastStatus) {}

  record Context(List<Status> ancestors, List<Status> descendants) {}

  record Relationship(
      String id,
      boolean following,
      boolean showingReblogs,
      boolean notifying,
      List<String> languages,
      boolean followedBy,
      boolean blocking,
      boolean blockedBy,
      boolean muting,
      boolean mutingNotifications,
      boolean requested,
      boolean requestedBy,
      boolean domainBlocking,
      boolean endorsed,
      String note,
      RelationshipExtra skep) {}

  /**
   * @param blockingTold whether everybody was told of the block
   */
  record RelationshipExtra(boolean blockingTold) {}

  /**
   * @param hops how many steps away people are whose posts are fetched
   */
  record Reach(int hops) {}

  /**
   * @param words plain sentences that say all of it
   */
  record Why(String id, String name, List<String> words, List<WhyLog> logs) {}

  /**
   * How it stands with one of somebody's logs.
   *
   * @param standing one of {@link org.skep.engine.WhyReader.Standing}, in lower case
   * @param here how many of its entries are here; 0 where the caller does not want it
   * @param waiting how many came too early
   * @param forkedAt the first place at which two different entries are known; null when none is
   */
  record WhyLog(
      String network,
      String id,
      boolean wanted,
      String standing,
      List<String> via,
      long here,
      long waiting,
      @Nullable Long forkedAt,
      List<WhyPeer> peers) {}

  /**
   * How it went with one peer about the log; what never happened is null.
   *
   * @param has up to which entry the peer says it has the log
   * @param askedAfter what it was last asked to go on from
   * @param came how many entries of its were kept since the node started
   */
  record WhyPeer(
      String who,
      String name,
      boolean connected,
      @Nullable Long has,
      @Nullable Long askedAfter,
      @Nullable String askedAt,
      long came,
      @Nullable String cameAt,
      @Nullable String trouble,
      @Nullable String troubleAt,
      String words) {}

  /**
   * For how long what the account writes waits before others get it.
   *
   * @param seconds 0 where it goes out at once
   */
  record HoldBack(int seconds) {}

  record Marker(String lastReadId, long version, String updatedAt) {}

  record OwnAccount(String id, String name, Map<String, String> identities, Optional<String> ssb) {}

  /**
   * @param who the peer's id on the network
   * @param address where it is dialled; empty when it came to us
   * @param name as she calls herself; empty when unknown
   */
  record Peer(String who, String address, String name, String words, boolean connected) {}

  /**
   * @param resting why nothing of the account's is written there for now; null when it is
   * @param elsewhere what is known of the account's log there that is not here, which speaks
   *     against writing on; null when nothing is
   */
  record NetworkReport(
      String name,
      String words,
      boolean listening,
      @Nullable String address,
      @Nullable String resting,
      @Nullable String elsewhere,
      List<Peer> peers) {}

  record Disk(long bytes) {}

  /**
   * Longer work under way.
   *
   * @param title what is being done, as the beginning of a sentence
   * @param words all of it in a sentence
   * @param howFar the part of that sentence that says how far it is
   * @param percent from 0 to 99
   * @param left how long it may still take, in words
   */
  record ProgressReport(
      String title,
      String words,
      String howFar,
      long done,
      @Nullable Long total,
      @Nullable Integer percent,
      @Nullable String left) {
    static ProgressReport of(Progress progress) {
      return new ProgressReport(
          progress.words(),
          progress.sentence(),
          progress.howFar(),
          progress.done(),
          progress.total().isPresent() ? progress.total().getAsLong() : null,
          progress.percent().isPresent() ? progress.percent().getAsInt() : null,
          progress.leftInWords().orElse(null));
    }
  }

  /**
   * @param copied what makes this node ask whether it is a copy; null when it does not ask
   */
  record NodeReport(
      String version,
      String startedAt,
      String name,
      List<OwnAccount> accounts,
      Map<String, Integer> ports,
      List<NetworkReport> networks,
      Disk disk,
      List<ProgressReport> progress,
      List<String> troubles,
      @Nullable String copied,
      Map<String, String> settings) {}

  record Notices(boolean firstPublicPost, boolean firstFollow) {}
}
