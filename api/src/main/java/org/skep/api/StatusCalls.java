package org.skep.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.skep.engine.Actions;
import org.skep.engine.Composer;
import org.skep.engine.Engine;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.kernel.AccountId;
import org.skep.kernel.Attachment;
import org.skep.kernel.Audience;
import org.skep.kernel.Intent;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** The calls about posts: lists of them, one of them with its thread, and what is done to them. */
final class StatusCalls {
  /** What every Scuttlebutt program means by a heart or a thumb. */
  private static final String LIKE = "Like";

  /** Mastodon's word for what is sealed for some. */
  private static final String LETTER = "direct";

  private final Reader reader;
  private final Actions actions;
  private final Composer composer;
  private final ShapeMaker.Sources sources;
  private final OnlyOnce onlyOnce;
  private final Uploads uploads;

  StatusCalls(Engine engine, ShapeMaker.Sources sources, OnlyOnce onlyOnce, Uploads uploads) {
    this.reader = engine.reader();
    this.actions = engine.actions();
    this.composer = engine.composer();
    this.sources = sources;
    this.onlyOnce = onlyOnce;
    this.uploads = uploads;
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/v1/timelines/home", this::home);
    endpoints.get("/api/v1/timelines/public", this::around);
    endpoints.get("/api/v1/bookmarks", this::bookmarks);
    endpoints.post("/api/v1/statuses", this::publish);
    endpoints.get("/api/v1/statuses/{id}", this::show);
    endpoints.get("/api/v1/statuses/{id}/context", this::context);
    endpoints.post(
        "/api/v1/statuses/{id}/favourite",
        change(post -> !post.liked() && mayBeLiked(post), id -> like(id, true)));
    endpoints.post(
        "/api/v1/statuses/{id}/unfavourite", change(PostView::liked, id -> like(id, false)));
    endpoints.post("/api/v1/statuses/{id}/reblog", this::boost);
    endpoints.post(
        "/api/v1/statuses/{id}/unreblog",
        change(PostView::boosted, id -> composer.boost(id, false)));
    endpoints.post(
        "/api/v1/statuses/{id}/bookmark",
        change(post -> !post.bookmarked(), id -> bookmark(id, true)));
    endpoints.post(
        "/api/v1/statuses/{id}/unbookmark",
        change(PostView::bookmarked, id -> bookmark(id, false)));
  }

  private ShapeMaker shapes(Call call) {
    return new ShapeMaker(sources, call.account(), call.origins());
  }

  private HttpAnswer home(Call call) {
    List<PostView> posts = reader.home(call.account(), call.page());
    return call.listed(shapes(call).statuses(posts), Shapes.Status::id);
  }

  private HttpAnswer around(Call call) {
    List<PostView> posts = reader.around(call.account(), call.page());
    return call.listed(shapes(call).statuses(posts), Shapes.Status::id);
  }

  /** Paged by when they were bookmarked, so that the ids in the Link header are no posts'. */
  private HttpAnswer bookmarks(Call call) {
    List<Reader.Bookmark> marks = reader.bookmarks(call.account(), call.page());
    List<Shapes.Status> posts =
        shapes(call).statuses(marks.stream().map(Reader.Bookmark::post).toList());
    return call.listedBy(
        posts, marks.stream().map(Reader.Bookmark::place).map(String::valueOf).toList());
  }

  private PostView post(AccountId account, PostId id) {
    return reader
        .post(account, id)
        .orElseThrow(() -> new HttpProblem(404, "This post is not here."));
  }

  private HttpAnswer show(Call call) {
    return Json.ok(shapes(call).status(post(call.account(), call.post())));
  }

  private HttpAnswer context(Call call) {
    PostView post = post(call.account(), call.post());
    Reader.Conversation thread = reader.thread(call.account(), post.id());
    ShapeMaker shapes = shapes(call);
    return Json.ok(
        new Shapes.Context(
            shapes.statuses(thread.ancestors()), shapes.statuses(thread.descendants())));
  }

  private HttpAnswer publish(Call call) {
    String text = call.parameters().raw("status").orElse("");
    String visibility = call.parameters().text("visibility").orElse("public");
    boolean letter = visibility.equals(LETTER);
    if (!letter && !visibility.equals("public")) {
      throw new HttpProblem(
          422,
          "So far what is written is for anybody, for ever, or a letter; “"
              + visibility
              + "” would be a lie.");
    }
    refuseWhatCanNotBe(call.parameters());
    Optional<PostView> answered =
        call.parameters()
            .number("in_reply_to_id")
            .map(PostId::new)
            .map(id -> post(call.account(), id));
    if (!letter && answered.filter(StatusCalls::isLetter).isPresent()) {
      throw new HttpProblem(422, "What answers a letter is a letter, too: say “direct”.");
    }
    Optional<PostId> parent = answered.map(PostView::id);
    String warning = call.parameters().text("spoiler_text").orElse("");
    List<Long> media = media(call.parameters());
    List<PersonId> to = call.parameters().numbers("skep_to").stream().map(PersonId::new).toList();
    if (letter && !media.isEmpty()) {
      throw new HttpProblem(422, "So far a letter carries words only.");
    }
    Optional<String> key = call.request().headers().first("idempotency-key");
    PostId id =
        onlyOnce.run(
            call.account(),
            key,
            call.parameters().everything(),
            () ->
                letter
                    ? write(call.account(), to, text, parent, warning)
                    : publish(call.account(), text, parent, warning, media));
    return Json.ok(shapes(call).status(post(call.account(), id)));
  }

  /** A post can't be taken back, so that nothing asked for is passed over in silence. */
  private static void refuseWhatCanNotBe(Parameters parameters) {
    if (parameters.text("scheduled_at").isPresent()) {
      throw new HttpProblem(422, "A post can't wait for its time yet; it would be out at once.");
    }
    if (parameters.anyBelow("poll")) {
      throw new HttpProblem(422, "A post can't carry a poll yet.");
    }
    if (parameters.flag("sensitive") && parameters.text("spoiler_text").isEmpty()) {
      throw new HttpProblem(
          422, "What is sensitive needs a few words of warning: say “spoiler_text”.");
    }
  }

  private static List<Long> media(Parameters parameters) {
    List<Long> ids = parameters.numbers("media_ids").stream().distinct().toList();
    if (ids.size() > Attachment.PER_POST_MAX) {
      throw new HttpProblem(422, "A post shows at most " + Attachment.PER_POST_MAX + " pictures.");
    }
    return ids;
  }

  private PostId publish(
      AccountId account, String text, Optional<PostId> parent, String warning, List<Long> media) {
    try (Uploads.Claim pictures = uploads.claim(account, media)) {
      Intent.Post post =
          new Intent.Post(
              Audience.ANYBODY,
              text,
              parent.map(id -> composer.reply(account, id)),
              warning,
              composer.mentions(text),
              pictures.attachments());
      PostId id = new PostId(actions.act(account, post).operation().localId());
      pictures.posted();
      return id;
    }
  }

  private PostId write(
      AccountId account, List<PersonId> to, String text, Optional<PostId> parent, String warning) {
    Intent.Letter letter = composer.letter(account, to, text, parent, warning);
    return new PostId(actions.act(account, letter).operation().localId());
  }

  private static boolean isLetter(PostView post) {
    return post.readers().isPresent();
  }

  private Intent like(PostId id, boolean on) {
    return new Intent.React(composer.post(id), composer.authorOf(id), LIKE, on);
  }

  private static boolean mayBeLiked(PostView post) {
    if (isLetter(post)) {
      throw new HttpProblem(
          422, "A letter can’t be liked: everybody would see that there is one. Answer it.");
    }
    return true;
  }

  /** Answers with the boost, which has an id of its own; the post stands within. */
  private HttpAnswer boost(Call call) {
    PostView before = post(call.account(), call.post());
    if (isLetter(before)) {
      throw new HttpProblem(
          422, "A letter can’t be boosted: it was for those alone whom it names. Answer it.");
    }
    if (!before.boosted()) {
      actions.act(call.account(), composer.boost(before.id(), true));
    }
    return Json.ok(
        shapes(call)
            .status(
                reader
                    .ownBoost(call.account(), before.id())
                    .orElseThrow(() -> new HttpProblem(404, "This post is not here."))));
  }

  private Intent bookmark(PostId id, boolean on) {
    return new Intent.Bookmark(composer.post(id), on);
  }

  /** Says it only where it changes something; said again it would only fill a public log. */
  private Function<Call, HttpAnswer> change(
      Predicate<PostView> needed, Function<PostId, Intent> intent) {
    return call -> {
      PostView before = post(call.account(), call.post());
      if (!needed.test(before)) {
        return Json.ok(shapes(call).status(before));
      }
      actions.act(call.account(), intent.apply(before.id()));
      return Json.ok(shapes(call).status(post(call.account(), before.id())));
    };
  }
}
