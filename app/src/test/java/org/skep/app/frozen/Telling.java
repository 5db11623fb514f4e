package org.skep.app.frozen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.app.QuietNode;
import org.skep.engine.LettersReader;
import org.skep.engine.Page;
import org.skep.engine.PeopleReader;
import org.skep.engine.PersonView;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.engine.SqlAddressBook;
import org.skep.kernel.AccountId;
import org.skep.kernel.Blobs;
import org.skep.kernel.Hash;
import org.skep.kernel.Vault;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.wire.crypto.Digests;

/** What everybody sees in a folder, a line for each thing, ids included: clients keep them. */
public final class Telling {
  private static final Page ALL = Page.newest(Page.LIMIT_MAX);

  private final QuietNode node;
  private final PeopleReader people;
  private final Reader reader;
  private final List<String> lines = new ArrayList<>();

  private Telling(QuietNode node) {
    this.node = node;
    this.people = new PeopleReader(node.store(), node.aliases());
    this.reader = node.engine().reader();
  }

  public static List<String> of(QuietNode node) {
    return new Telling(node).tell();
  }

  private List<String> tell() {
    for (Vault.Account account : node.store().read(node.vault()::accounts)) {
      lines.add("account " + account.id().value() + " " + account.name());
      person("is", reader.self(account.id()));
      posts(account.id());
      letters(account.id());
      reader.following(account.id()).forEach(person -> person("follows", person));
      reader.blocking(account.id()).forEach(person -> person("blocks", person));
      reader
          .bookmarks(account.id(), ALL)
          .forEach(mark -> lines.add("  bookmark " + mark.post().id()));
      reader
          .readMark(account.id(), "home")
          .ifPresent(mark -> lines.add("  read up to " + mark.post() + " " + mark.version()));
      lines.add("  reach " + reader.hops(account.id()));
      int heldBackSeconds = reader.holdBackSeconds(account.id());
      if (heldBackSeconds > 0) {
        lines.add("  holds back for " + heldBackSeconds);
      }
      node.engine().logs().resting(account.id()).forEach(this::state);
      node.engine().logs().elsewhere(account.id()).forEach(this::state);
    }
    new SqlAddressBook(node.store())
        .all(ScuttlebuttNetwork.ID)
        .forEach(entry -> lines.add("address " + entry.account().value() + " " + entry.address()));
    return List.copyOf(lines);
  }

  private void state(Object network, String words) {
    lines.add("  " + network + ": " + words);
  }

  private void person(String how, PersonView person) {
    lines.add(
        "  "
            + how
            + " "
            + person.id()
            + " "
            + person.name()
            + " "
            + person.picture()
            + " | "
            + person.description()
            + people.forkedAt(person.id()).map(place -> " | forked at " + place).orElse(""));
  }

  private void posts(AccountId account) {
    for (PostView post : reader.home(account, ALL)) {
      post("post", post);
      fate(account, post);
      Reader.Conversation thread = reader.thread(account, post.id());
      lines.add("    thread " + ids(thread.ancestors()) + " " + ids(thread.descendants()));
      for (PostView.Shown shown : post.attachments()) {
        Hash hash = shown.attachment().blob();
        lines.add("    shows " + shown.attachment() + " " + shown.isHere() + " " + content(hash));
      }
    }
  }

  private void post(String how, PostView post) {
    lines.add(
        "  %s %s by %s parent %s | %s | %s | %s %s likes %d %s %s mentions %d"
            .formatted(
                how,
                post.id(),
                post.author().name(),
                post.parent(),
                post.contentWarning(),
                post.text().replace("\n", "\\n"),
                post.tags(),
                post.kind(),
                post.likes(),
                post.liked(),
                post.bookmarked(),
                post.mentions().size()));
  }

  /**
   * What became of a post; a line only where there is something, as older versions told nothing.
   */
  private void fate(AccountId account, PostView post) {
    post.boost()
        .ifPresent(
            boost -> lines.add("    boost %s by %s".formatted(boost.id(), boost.by().name())));
    post.editedMillis()
        .ifPresent(edited ->
            lines.add(
                "    edited %d: %s"
                    .formatted(
                        edited,
                        reader.history(account, post.id()).stream()
                            .map(PostView.Version::text)
                            .toList())));
    post.held()
        .ifPresent(
            held -> lines.add("    held until %d %s".formatted(held.dueMillis(), held.trouble())));
  }

  private static List<String> ids(List<PostView> posts) {
    return posts.stream().map(post -> post.id().toString()).toList();
  }

  private String content(Hash hash) {
    Optional<Blobs.BlobInfo> here = node.blobs().find(hash);
    return here.map(blob ->
            Digests.sha256(node.blobs().read(hash, 0, Math.toIntExact(blob.lengthBytes()))).hex())
        .orElse("not here");
  }

  private void letters(AccountId account) {
    for (LettersReader.Conversation letters : node.engine().letters().conversations(account, ALL)) {
      post("letter", letters.last());
      letters.last().readers().orElseThrow().forEach(reader -> person("read by", reader));
    }
  }
}
