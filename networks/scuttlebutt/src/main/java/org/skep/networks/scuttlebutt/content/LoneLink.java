package org.skep.networks.scuttlebutt.content;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.networks.scuttlebutt.message.MessageId;

/** The habit of passing a message on by a post that holds its address and nothing else. Pure. */
public final class LoneLink {
  /** An emoji or two, or nothing, may stand before or behind the address. */
  private static final String SIGNS = "[\\p{So}\\p{Sk}\\p{Cf}\\x{FE0F}\\s:]{0,8}";

  private static final Pattern TEXT =
      Pattern.compile(
          SIGNS
              + "(?:(%[A-Za-z0-9+/]{43}=\\.sha256)"
              + "|\\[[^\\[\\]\\n]{0,200}\\]\\((%[A-Za-z0-9+/]{43}=\\.sha256)\\))"
              + SIGNS);

  private LoneLink() {}

  /** The message that the post is about; empty when it says more, warns, or answers. */
  public static Optional<MessageId> of(Content.Post post) {
    if (post.root().isPresent()
        || !post.branch().isEmpty()
        || post.fork().isPresent()
        || post.contentWarning().isPresent()) {
      return Optional.empty();
    }
    List<String> messages =
        post.mentions().stream()
            .map(Content.Mention::bare)
            .filter(link -> link.startsWith("%"))
            .distinct()
            .toList();
    if (messages.size() != 1 || messages.size() < post.mentions().size()) {
      return Optional.empty();
    }
    Matcher text = TEXT.matcher(post.text());
    if (!text.matches()) {
      return Optional.empty();
    }
    String address = text.group(1) == null ? text.group(2) : text.group(1);
    return MessageId.ofSigil(address).filter(id -> messages.equals(List.of(id.toString())));
  }
}
