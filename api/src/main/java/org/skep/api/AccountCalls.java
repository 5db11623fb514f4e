package org.skep.api;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.skep.engine.Actions;
import org.skep.engine.Composer;
import org.skep.engine.Engine;
import org.skep.engine.Page;
import org.skep.engine.PeopleReader;
import org.skep.engine.PersonView;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.kernel.Audience;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Target;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** The calls about people: who they are, what they wrote, and how the caller stands to them. */
final class AccountCalls {
  private static final int IDS_MAX = 80;

  private final Reader reader;
  private final Actions actions;
  private final Composer composer;
  private final ShapeMaker.Sources sources;
  private final PeopleReader people;

  AccountCalls(Engine engine, ShapeMaker.Sources sources) {
    this.reader = engine.reader();
    this.actions = engine.actions();
    this.composer = engine.composer();
    this.sources = sources;
    this.people = sources.people();
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/v1/accounts/lookup", this::lookup);
    endpoints.get("/api/v1/accounts/relationships", this::relationships);
    endpoints.get("/api/v1/accounts/{id}", call -> Json.ok(shapes(call).account(person(call))));
    endpoints.get("/api/v1/accounts/{id}/statuses", this::statuses);
    endpoints.get("/api/v1/accounts/{id}/following", this::following);
    endpoints.post("/api/v1/accounts/{id}/follow", this::follow);
    endpoints.post("/api/v1/accounts/{id}/unfollow", this::unfollow);
    endpoints.post("/api/v1/accounts/{id}/block", this::block);
    endpoints.post("/api/v1/accounts/{id}/unblock", this::unblock);
    endpoints.get("/api/v1/blocks", this::blocks);
  }

  private ShapeMaker shapes(Call call) {
    return new ShapeMaker(sources, call.account(), call.origins());
  }

  private PersonView person(Call call) {
    return person(call.person());
  }

  private PersonView person(PersonId id) {
    return reader.person(id).orElseThrow(() -> new HttpProblem(404, "There is no such person."));
  }

  private HttpAnswer lookup(Call call) {
    String typed = call.parameters().required("acct");
    PersonView found =
        named(typed).orElseThrow(() -> new HttpProblem(404, "Nobody of this name is known here."));
    return Json.ok(shapes(call).account(found));
  }

  /** Whom an acct, with or without the sign before it, or a name on a network means. */
  Optional<PersonView> named(String typed) {
    String acct = typed.startsWith("@") ? typed.substring(1) : typed;
    return composer
        .parsePerson(typed)
        .flatMap(name -> reader.person(reader.personNamed(name).id()))
        .or(() -> acct.contains("@") ? byKey(acct) : sources.household().named(acct));
  }

  /** The readable part may have changed since somebody wrote it down; the key has not. */
  private Optional<PersonView> byKey(String acct) {
    String domain = acct.substring(acct.indexOf('@') + 1);
    return Names.beginnings(domain).stream()
        .flatMap(ref -> people.startingWith(ref.network(), ref.id()).stream())
        .filter(person -> person.identities().stream().map(Names::domain).anyMatch(domain::equals))
        .findFirst();
  }

  private HttpAnswer relationships(Call call) {
    List<String> ids = call.parameters().all("id");
    if (ids.size() > IDS_MAX) {
      throw new HttpProblem(422, "At most " + IDS_MAX + " people can be asked for at once.");
    }
    ShapeMaker shapes = shapes(call);
    return Json.ok(
        ids.stream()
            .filter(id -> id.matches("[0-9]{1,18}"))
            .map(id -> new PersonId(Long.parseLong(id)))
            .filter(id -> reader.person(id).isPresent())
            .map(id -> shapes.relationship(id, reader.relationship(call.account(), id)))
            .toList());
  }

  private HttpAnswer statuses(Call call) {
    PersonView person = person(call);
    List<PostView> posts =
        call.parameters().flag("exclude_reblogs")
            ? reader.sayings(call.account(), person.id(), call.page())
            : reader.byPerson(call.account(), person.id(), call.page());
    return call.listed(shapes(call).statuses(posts), Shapes.Status::id);
  }

  private HttpAnswer following(Call call) {
    return listed(call, people.following(call.account(), person(call).id()));
  }

  private HttpAnswer blocks(Call call) {
    return listed(
        call,
        reader.blocking(call.account()).stream().map(PersonView::id).collect(Collectors.toSet()));
  }

  /** The wanted part of a list of people, by id as every list. */
  private HttpAnswer listed(Call call, Set<PersonId> all) {
    Page page = call.page();
    long below = page.below().map(PostId::value).orElse(Long.MAX_VALUE);
    long above = page.above().map(PostId::value).orElse(0L);
    List<PersonId> within =
        all.stream()
            .filter(id -> id.value() < below && id.value() > above)
            .sorted(page.oldestFirst() ? Comparator.naturalOrder() : Comparator.reverseOrder())
            .limit(page.limit())
            .sorted(Comparator.reverseOrder())
            .toList();
    List<PersonView> shown = within.stream().flatMap(id -> reader.person(id).stream()).toList();
    return call.listed(shapes(call).accounts(shown), Shapes.Account::id);
  }

  private HttpAnswer follow(Call call) {
    return relate(call, stands -> !stands.following(), FollowState.FOLLOWING);
  }

  private HttpAnswer unfollow(Call call) {
    return relate(call, Reader.Relationship::following, FollowState.NONE);
  }

  /** Nobody is told of a block unless that is asked for; it can be told later, too. */
  private HttpAnswer block(Call call) {
    boolean tell = call.parameters().flag("skep_tell");
    return change(
        call,
        stands -> !stands.blocking() || (tell && !stands.blockingTold()),
        (person, stands) -> actions.block(call.account(), person, stands.following(), tell));
  }

  private HttpAnswer unblock(Call call) {
    return change(
        call,
        Reader.Relationship::blocking,
        (person, stands) -> actions.unblock(call.account(), person, stands.blockingTold()));
  }

  /** Follows are public where the network makes them so. */
  private HttpAnswer relate(Call call, Predicate<Reader.Relationship> needed, FollowState state) {
    return change(
        call,
        needed,
        (person, stands) ->
            actions.act(call.account(), new Intent.Relate(person, state, Audience.ANYBODY)));
  }

  /** Acts where that changes something; said again it would only fill a public log. */
  private HttpAnswer change(
      Call call,
      Predicate<Reader.Relationship> needed,
      BiConsumer<Target, Reader.Relationship> act) {
    PersonView person = person(call);
    if (person.id().equals(reader.self(call.account()).id())) {
      throw new HttpProblem(422, "This is you.");
    }
    Reader.Relationship stands = reader.relationship(call.account(), person.id());
    if (needed.test(stands)) {
      act.accept(composer.person(person.id()), stands);
    }
    return Json.ok(
        shapes(call).relationship(person.id(), reader.relationship(call.account(), person.id())));
  }
}
