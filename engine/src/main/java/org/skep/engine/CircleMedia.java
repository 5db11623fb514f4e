package org.skep.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Blobs;
import org.skep.kernel.Hash;
import org.skep.kernel.Media;
import org.skep.kernel.NetworkId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/** Decides by whom the account follows: what stands with their posts, and the pictures of them. */
public final class CircleMedia implements Media {
  /** So many are asked for of one person, so that nobody's inventions hide what others show. */
  private static final int PER_AUTHOR_MAX = 100;

  /** Tables: attachments {@code a}, each with the post {@code p} whose words it stands with. */
  static final String SHOWN =
      "{posts.attachment} a LEFT JOIN {posts.edit} e ON e.id = a.post"
          + " JOIN {posts.post} p ON p.post = ifnull(e.post, a.post)";

  private final Aliases aliases;
  private final Reach reach;
  private final Blobs blobs;

  public CircleMedia(Aliases aliases, Vault vault, Blobs blobs) {
    this.aliases = aliases;
    this.reach = new Reach(aliases, vault);
    this.blobs = blobs;
  }

  @Override
  public List<Hash> missing(
      Tx tx, AccountId account, NetworkId network, long lengthBytesMax, int max) {
    String circle =
        Numbers.json(
            reach.near(tx, account).stream()
                .filter(identity -> aliases.name(tx, identity).network().equals(network))
                .toList());
    Set<Hash> missing = new LinkedHashSet<>();
    for (String picture :
        tx.all(
            row -> row.text(0),
            "SELECT value FROM {people.profile} WHERE field = ? AND identity IN"
                + " (SELECT value FROM json_each(?)) ORDER BY seq DESC",
            ProfileField.PICTURE.name(),
            circle)) {
      Hash.ofHex(picture).filter(blob -> isMissing(tx, blob)).ifPresent(missing::add);
    }
    missing.addAll(
        tx.all(
            row -> new Hash(row.bytes(0)),
            "SELECT blob FROM (SELECT a.blob AS blob, max(a.post) AS newest, row_number() OVER"
                + " (PARTITION BY a.author ORDER BY max(a.post) DESC) AS place"
                + " FROM "
                + SHOWN
                + " WHERE a.author IN (SELECT value FROM json_each(?)) AND a.length_bytes <= ?"
                + " AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.hash = a.blob)"
                + " AND NOT EXISTS (SELECT 1 FROM evicted_blob e WHERE e.hash = a.blob) AND "
                + Posts.READABLE
                + " GROUP BY a.author, a.blob) WHERE place <= "
                + PER_AUTHOR_MAX
                + " GROUP BY blob ORDER BY max(newest) DESC LIMIT ?",
            circle,
            lengthBytesMax,
            account.value(),
            max));
    return missing.stream().limit(max).toList();
  }

  private static boolean isMissing(Tx tx, Hash blob) {
    return tx.number("SELECT 1 FROM blob WHERE hash = ?", blob.bytes())
        .or(() -> tx.number("SELECT 1 FROM evicted_blob WHERE hash = ?", blob.bytes()))
        .isEmpty();
  }

  @Override
  public boolean isWanted(Tx tx, AccountId account, Hash blob) {
    List<Long> shown = shownBy(tx, account, blob);
    return !shown.isEmpty() && shown.stream().anyMatch(reach.near(tx, account)::contains);
  }

  /** Whoever shows it to the account, with a post or as the picture of herself. */
  private static List<Long> shownBy(Tx tx, AccountId account, Hash blob) {
    List<Long> authors =
        new ArrayList<>(
            tx.all(
                row -> row.number(0),
                "SELECT a.author FROM " + SHOWN + " WHERE a.blob = ? AND " + Posts.READABLE,
                blob.bytes(),
                account.value()));
    authors.addAll(
        tx.all(
            row -> row.number(0),
            // Said as a word of the statement, so that the index for just these is used.
            "SELECT identity FROM {people.profile} WHERE field = 'PICTURE' AND value = ?",
            blob.toString()));
    return authors;
  }

  @Override
  public Map<Hash, Long> given(Tx tx, AccountId account, Ref peer, Collection<Hash> asked) {
    Map<Hash, Long> given = new LinkedHashMap<>();
    for (Hash blob : asked) {
      tx.number("SELECT length_bytes FROM blob WHERE hash = ?", blob.bytes())
          .ifPresent(length -> given.put(blob, length));
    }
    if (!given.isEmpty()) {
      Set<Long> circle = reach.near(tx, account);
      aliases
          .find(tx, peer)
          .ifPresent(identity -> circle.removeAll(Reach.blockers(tx, Set.of(identity))));
      given
          .keySet()
          .removeIf(blob ->
              !blobs.isPinned(tx, account, blob)
                  && shownBy(tx, account, blob).stream().noneMatch(circle::contains));
    }
    return given;
  }
}
