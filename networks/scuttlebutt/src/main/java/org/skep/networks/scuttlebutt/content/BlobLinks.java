package org.skep.networks.scuttlebutt.content;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.networks.scuttlebutt.message.BlobId;

/**
 * The pictures and files of a post: those that its text shows or links by Markdown, {@code
 * ![words](&….sha256)}, and those that stand among its mentions alone. Pure.
 */
public final class BlobLinks {
  /** A link or picture whose address is a blob; a title after the address may follow. */
  private static final Pattern LINK =
      Pattern.compile(
          "!?\\[([^\\[\\]\\n]{0,1500})\\]\\(\\s*(&[^)\\s]{1,512})(?:\\s+\"[^\"\\n]{0,512}\")?\\s*\\)");

  private BlobLinks() {}

  /**
   * One of them.
   *
   * @param words what the author calls it in the text, else among the mentions; may be empty
   * @param mediaType what the author says it is
   * @param sizeBytes how long the author says it is
   */
  public record BlobLink(
      BlobId blob, String words, Optional<String> mediaType, Optional<Long> sizeBytes) {}

  /** In the order of the text, then in that of the mentions. */
  public static List<BlobLink> of(Content.Post post) {
    Map<BlobId, BlobLink> links = new LinkedHashMap<>();
    if (post.text().contains("](")) {
      Matcher inText = LINK.matcher(post.text());
      while (inText.find()) {
        String words = inText.group(1).strip();
        blob(inText.group(2))
            .ifPresent(blob ->
                links.putIfAbsent(
                    blob, new BlobLink(blob, words, Optional.empty(), Optional.empty())));
      }
    }
    for (Content.Mention mention : post.mentions()) {
      blob(mention.link())
          .ifPresent(blob -> links.merge(blob, link(blob, mention), BlobLinks::together));
    }
    return List.copyOf(links.values());
  }

  /** One that must be unboxed first is of no use to whoever reads an open post. */
  private static Optional<BlobId> blob(String link) {
    int query = link.indexOf('?');
    boolean sealed = query >= 0 && link.startsWith("unbox=", query + 1);
    return sealed ? Optional.empty() : BlobId.parse(query < 0 ? link : link.substring(0, query));
  }

  private static BlobLink link(BlobId blob, Content.Mention mention) {
    return new BlobLink(blob, mention.name().orElse(""), mention.mediaType(), mention.sizeBytes());
  }

  private static BlobLink together(BlobLink inText, BlobLink mentioned) {
    return new BlobLink(
        inText.blob(),
        inText.words().isEmpty() ? mentioned.words() : inText.words(),
        mentioned.mediaType(),
        mentioned.sizeBytes());
  }

  /** A text with the picture shown below it, as every program reads it. */
  public static String shownBelow(String text, BlobId blob, String words) {
    String picture = "![" + words.replaceAll("[\\[\\]\\s]+", " ").strip() + "](" + blob + ")";
    return text.isEmpty() ? picture : text + "\n\n" + picture;
  }
}
