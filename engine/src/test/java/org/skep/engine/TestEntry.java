package org.skep.engine;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.wire.crypto.Digests;

/**
 * An entry of a test network: a line that says whose it is and where it stands, then a line for
 * each thing it says. The author of an event is always the author of the entry, and the post it
 * publishes is always the entry itself.
 *
 * @param seal how it is written: {@code open}, {@code sealed} (needs its content key), {@code
 *     forged} (unsound), or one of two faults of ours, {@code crash} (the check throws) and {@code
 *     boom} (the interpretation throws)
 */
record TestEntry(
    Ref author, LogPosition position, long claimedMillis, String seal, List<DomainEvent> events) {

  Bytes encode() {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            name(author),
            position.log(),
            Long.toString(position.sequence()),
            position.previousId().orElse("-"),
            Long.toString(claimedMillis),
            seal));
    events.forEach(event -> lines.add(encode(event)));
    return Bytes.ofUtf8(String.join("\n", lines));
  }

  Ref id() {
    return id(author.network(), encode());
  }

  static Ref id(NetworkId network, Bytes bytes) {
    return new Ref(network, "%" + Digests.sha256(bytes).hex().substring(0, 24));
  }

  static TestEntry decode(Bytes bytes) {
    String[] lines = bytes.utf8().split("\n", -1);
    String[] head = fields(lines[0]);
    Ref author = ref(head[0]);
    Ref self = id(author.network(), bytes);
    return new TestEntry(
        author,
        new LogPosition(
            head[1],
            Long.parseLong(head[2]),
            Optional.of(head[3]).filter(previous -> !previous.equals("-"))),
        Long.parseLong(head[4]),
        head[5],
        Arrays.stream(lines).skip(1).map(line -> event(author, self, fields(line))).toList());
  }

  private static String encode(DomainEvent event) {
    return switch (event) {
      case DomainEvent.PostPublished post ->
          line(
              "post",
              optional(post.operation()),
              post.text(),
              optional(post.root()),
              post.parents().stream().map(TestEntry::name).collect(Collectors.joining(" ")),
              post.contentWarning(),
              post.mentions().stream()
                  .map(mention -> name(mention.person()) + "=" + mention.name())
                  .collect(Collectors.joining(" ")),
              post.attachments().stream()
                  .map(TestEntry::attachment)
                  .collect(Collectors.joining(" ")),
              String.join(" ", post.tags()),
              post.kind().orElse("-"),
              post.readers()
                  .map(readers ->
                      readers.stream().map(TestEntry::name).collect(Collectors.joining(" ")))
                  .orElse("-"));
      case DomainEvent.PersonDescribed described ->
          line("describe", name(described.subject()), described.field().name(), described.value());
      case DomainEvent.Related related ->
          line(
              "relate",
              name(related.person()),
              related.state().name(),
              Boolean.toString(related.isPublic()));
      case DomainEvent.Reacted reacted ->
          line("react", name(reacted.post()), reacted.expression(), Boolean.toString(reacted.on()));
      case DomainEvent.Edited edited ->
          line(
              "edit",
              name(edited.post()),
              optional(edited.operation()),
              edited.text(),
              edited.contentWarning(),
              edited.attachments().stream()
                  .map(TestEntry::attachment)
                  .collect(Collectors.joining(" ")),
              String.join(" ", edited.tags()),
              edited
                  .readers()
                  .map(readers ->
                      readers.stream().map(TestEntry::name).collect(Collectors.joining(" ")))
                  .orElse("-"));
      case DomainEvent.Deleted deleted ->
          line("delete", name(deleted.post()), Boolean.toString(deleted.sealed()));
      case DomainEvent.Boosted boosted ->
          line("boost", name(boosted.post()), Boolean.toString(boosted.on()));
      case DomainEvent.FaceDeclared declared -> line("face", name(declared.identity()));
      case DomainEvent.Sealed _ -> throw new IllegalArgumentException("said by the seal");
      case DomainEvent.ReadUpTo read ->
          line("read", read.timeline(), Long.toString(read.post().value()));
      case DomainEvent.Bookmarked mark ->
          line("mark", name(mark.post()), Boolean.toString(mark.on()));
    };
  }

  private static DomainEvent event(Ref author, Ref self, String[] fields) {
    return switch (fields[0]) {
      case "post" ->
          new DomainEvent.PostPublished(
              author,
              self,
              optional(fields[1]),
              fields[2],
              optional(fields[3]),
              parts(fields[4]).map(TestEntry::ref).toList(),
              fields[5],
              parts(fields[6])
                  .map(part -> part.split("=", 2))
                  .map(part -> new DomainEvent.Mentioned(ref(part[0]), part[1]))
                  .toList(),
              parts(fields[7]).map(TestEntry::attachment).toList(),
              parts(fields[8]).toList(),
              Optional.of(fields[9]).filter(kind -> !kind.equals("-")),
              Optional.of(fields[10])
                  .filter(readers -> !readers.equals("-"))
                  .map(readers -> parts(readers).map(TestEntry::ref).toList()));
      case "describe" ->
          new DomainEvent.PersonDescribed(
              author, ref(fields[1]), ProfileField.valueOf(fields[2]), fields[3]);
      case "relate" ->
          new DomainEvent.Related(
              author,
              ref(fields[1]),
              FollowState.valueOf(fields[2]),
              Boolean.parseBoolean(fields[3]));
      case "react" ->
          new DomainEvent.Reacted(
              author, ref(fields[1]), fields[2], Boolean.parseBoolean(fields[3]));
      case "edit" ->
          new DomainEvent.Edited(
              author,
              self,
              ref(fields[1]),
              optional(fields[2]),
              fields[3],
              fields[4],
              List.of(),
              parts(fields[5]).map(TestEntry::attachment).toList(),
              parts(fields[6]).toList(),
              Optional.of(fields[7])
                  .filter(readers -> !readers.equals("-"))
                  .map(readers -> parts(readers).map(TestEntry::ref).toList()));
      case "delete" ->
          new DomainEvent.Deleted(author, ref(fields[1]), Boolean.parseBoolean(fields[2]));
      case "boost" ->
          new DomainEvent.Boosted(author, ref(fields[1]), Boolean.parseBoolean(fields[2]));
      case "face" -> new DomainEvent.FaceDeclared(author, ref(fields[1]));
      case "read" ->
          new DomainEvent.ReadUpTo(author, fields[1], new PostId(Long.parseLong(fields[2])));
      case "mark" ->
          new DomainEvent.Bookmarked(author, ref(fields[1]), Boolean.parseBoolean(fields[2]));
      default -> throw new IllegalArgumentException("no such word: " + fields[0]);
    };
  }

  private static String attachment(Attachment attachment) {
    return String.join(
        "=",
        attachment.blob().toString(),
        attachment.mediaType(),
        Long.toString(attachment.lengthBytes()),
        URLEncoder.encode(attachment.description(), StandardCharsets.UTF_8));
  }

  private static Attachment attachment(String part) {
    String[] parts = part.split("=", 4);
    return new Attachment(
        Hash.ofHex(parts[0]).orElseThrow(),
        parts[1],
        URLDecoder.decode(parts[3], StandardCharsets.UTF_8),
        Long.parseLong(parts[2]));
  }

  private static Stream<String> parts(String joined) {
    return joined.isEmpty() ? Stream.empty() : Arrays.stream(joined.split(" ", -1));
  }

  private static String line(String... fields) {
    return Arrays.stream(fields)
        .map(field -> URLEncoder.encode(field, StandardCharsets.UTF_8))
        .collect(Collectors.joining("\t"));
  }

  private static String[] fields(String line) {
    return Arrays.stream(line.split("\t", -1))
        .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
        .toArray(String[]::new);
  }

  private static String name(Ref ref) {
    return ref.network().name() + ":" + ref.id();
  }

  private static Ref ref(String name) {
    int colon = name.indexOf(':');
    return new Ref(new NetworkId(name.substring(0, colon)), name.substring(colon + 1));
  }

  private static String optional(Optional<Ref> ref) {
    return ref.map(TestEntry::name).orElse("-");
  }

  private static Optional<Ref> optional(String name) {
    return name.equals("-") ? Optional.empty() : Optional.of(ref(name));
  }
}
