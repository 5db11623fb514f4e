package org.skep.fuzz;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hashtags;
import org.skep.kernel.Hashtags.Hashtag;
import org.skep.kernel.MarkdownCode;
import org.skep.kernel.Tags;

/** Hashtags and code in a text, whatever it is. */
final class TextTarget implements Target {
  @Override
  public String name() {
    return "texts";
  }

  @Override
  public List<Bytes> seeds() {
    return List.of(
            "#bees and [words](#tag), not `#code` nor https://a.example/#part",
            "```\n#no\n```\n    #no\n\n\t#no\n~~~ x\n#no",
            "`` ` `#a` ``#b-- #c-d ＃ｅ #İ #2026 ####",
            "[".repeat(40) + "](#a)" + "\\[#b\\]")
        .stream()
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public int lengthBytesMax() {
    return 8192;
  }

  @Override
  public void read(Bytes input) {
    String text = input.utf8();
    Tags.normalise(text)
        .ifPresent(tag ->
            Must.equal(Optional.of(tag), Tags.normalise(tag), "a tag stays as it is normalised"));
    String blanked = MarkdownCode.blanked(text);
    Must.equal(text.length(), blanked.length(), "what is blanked keeps its length");
    for (int i = 0; i < text.length(); i++) {
      char kept = blanked.charAt(i);
      Must.hold(kept == ' ' || kept == text.charAt(i), "only spaces are put");
    }
    int done = 0;
    for (Hashtag tag : Hashtags.inPlain(text)) {
      Must.hold(tag.start() >= done && tag.end() > tag.start(), "hashtags stand in their order");
      Must.equal(
          text.substring(tag.start(), tag.end()), tag.written(), "and where they are said to");
      done = tag.end();
    }
    List<String> tags = Hashtags.inMarkdown(text);
    Must.hold(tags.size() <= Tags.PER_POST_MAX, "tags are bounded");
    Must.hold(
        tags.stream().map(Tags::normalise).distinct().count() == tags.size(), "each stands once");
  }
}
