package org.skep.networks.scuttlebutt.content;

import java.util.List;
import java.util.Optional;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * Writes contents in the one shape that every program reads: what is empty is left out, links are
 * sigils, lists are lists. Any thread.
 */
public final class ContentWriter {
  private ContentWriter() {}

  /**
   * @throws IllegalArgumentException for {@link Content.Unknown}: what is not known cannot be
   *     written
   */
  public static JsObject write(Content content) {
    JsObject typed = JsObject.EMPTY.with("type", content.type());
    return switch (content) {
      case Content.Post post -> post(typed, post);
      case Content.About about -> about(typed, about);
      case Content.Contact contact -> contact(typed, contact);
      case Content.Vote vote -> vote(typed, vote);
      case Content.PostEdit edit -> edit(typed, edit);
      case Content.Tombstone(MessageId target) -> typed.with("target", target.toString());
      case Content.Boost boost -> boost(typed, boost);
      case Content.Unknown(String type) ->
          throw new IllegalArgumentException("the content of a " + type + " is not known");
    };
  }

  private static JsObject post(JsObject typed, Content.Post post) {
    JsObject out = typed.with("text", post.text());
    out = put(out, "root", post.root());
    out = putList(out, "branch", post.branch().stream().map(ContentWriter::string).toList());
    out = put(out, "fork", post.fork());
    out = putList(out, "mentions", post.mentions().stream().map(ContentWriter::mention).toList());
    out = putList(out, "recps", post.recps().stream().map(ContentWriter::string).toList());
    out = put(out, "channel", post.channel());
    return put(out, "contentWarning", post.contentWarning());
  }

  private static JsValue mention(Content.Mention mention) {
    JsObject out = put(JsObject.EMPTY.with("link", mention.link()), "name", mention.name());
    out = put(out, "type", mention.mediaType());
    return mention.sizeBytes().isPresent()
        ? out.with("size", new JsNumber(mention.sizeBytes().get()))
        : out;
  }

  private static JsObject about(JsObject typed, Content.About about) {
    JsObject out = typed.with("about", about.about());
    out = put(out, "name", about.name());
    if (about.image().isPresent()) {
      out = out.with("image", image(about.image().get()));
    }
    return put(out, "description", about.description());
  }

  /** Nothing takes a picture back everywhere but this: see {@link ContentReader}. */
  private static JsValue image(Content.Image image) {
    return switch (image) {
      case Content.Picture(BlobId blob) -> string(blob);
      case Content.NoPicture() -> JsObject.EMPTY.with("link", "").with("remove", new JsBool(true));
    };
  }

  private static JsObject contact(JsObject typed, Content.Contact contact) {
    JsObject out = typed.with("contact", contact.contact().toString());
    out = putTruth(out, "following", contact.following());
    return putTruth(out, "blocking", contact.blocking());
  }

  private static JsObject vote(JsObject typed, Content.Vote vote) {
    JsObject inner =
        JsObject.EMPTY
            .with("link", vote.link().toString())
            .with("value", new JsNumber(vote.value()));
    return typed.with("vote", put(inner, "expression", vote.expression()));
  }

  private static JsObject edit(JsObject typed, Content.PostEdit edit) {
    return putList(
        post(typed, edit.words()).with("revisionRoot", edit.original().toString()),
        "revisionBranch",
        edit.latest().stream().map(ContentWriter::string).toList());
  }

  private static JsObject boost(JsObject typed, Content.Boost boost) {
    JsObject inner =
        JsObject.EMPTY
            .with("link", boost.link().toString())
            .with("value", new JsNumber(boost.value()));
    JsObject out = put(typed.with("boost", inner), "author", boost.author());
    return boost.sequence().isPresent()
        ? out.with("sequence", new JsNumber(boost.sequence().get()))
        : out;
  }

  private static JsValue string(Object name) {
    return new JsString(name.toString());
  }

  private static JsObject put(JsObject out, String key, Optional<?> value) {
    return value.isPresent() ? out.with(key, value.get().toString()) : out;
  }

  private static JsObject putTruth(JsObject out, String key, Optional<Boolean> value) {
    return value.isPresent() ? out.with(key, new JsBool(value.get())) : out;
  }

  private static JsObject putList(JsObject out, String key, List<? extends JsValue> items) {
    return items.isEmpty() ? out : out.with(key, new JsArray(List.copyOf(items)));
  }
}
