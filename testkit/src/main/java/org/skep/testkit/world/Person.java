package org.skep.testkit.world;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.skep.app.Node;
import org.skep.engine.Composer;
import org.skep.engine.Page;
import org.skep.engine.PostView;
import org.skep.engine.Refusal;
import org.skep.kernel.AccountId;
import org.skep.kernel.Attachment;
import org.skep.kernel.Audience;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.DiskException;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.Ref;
import org.skep.kernel.StoreException;
import org.skep.kernel.Target;
import org.skep.networks.scuttlebutt.MultiserverAddress;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;

/** Somebody who lives on a machine of a world, and what she may rely on. */
final class Person {
  private final World world;
  private final Machine machine;
  private final String name;
  private final AccountId account;
  private final String address;
  private final Ref feed;

  /** What she was told is kept. */
  private final List<String> said = new ArrayList<>();

  private final List<Hash> shown = new ArrayList<>();

  /** Whom she blocked so that all may hear of it, or tried to. */
  private final Set<Ref> blockedAloud = new HashSet<>();

  private Person(
      World world, Machine machine, String name, AccountId account, String address, Ref feed) {
    this.world = world;
    this.machine = machine;
    this.name = name;
    this.account = account;
    this.address = address;
    this.feed = feed;
  }

  /** Moves in on a machine that runs. */
  static Person on(World world, Machine machine, String name) {
    Node node = machine.node().orElseThrow();
    AccountId account = node.engine().actions().createAccount(name, Map.of());
    String address =
        Optional.ofNullable(node.status(account).networks().get(ScuttlebuttNetwork.ID.name()))
            .orElseThrow()
            .address();
    Ref feed = ScuttlebuttNetwork.refOf(MultiserverAddress.parse(address).peer());
    return new Person(world, machine, name, account, address, feed);
  }

  /** The same person at another machine, to which her data folder was copied. */
  Person at(Machine other) {
    return new Person(world, other, name + "’s twin", account, address, feed);
  }

  String name() {
    return name;
  }

  Machine machine() {
    return machine;
  }

  AccountId account() {
    return account;
  }

  Ref feed() {
    return feed;
  }

  List<String> said() {
    return List.copyOf(said);
  }

  /** The files of posts that she was told are kept. */
  List<Hash> shown() {
    return List.copyOf(shown);
  }

  /**
   * Whether she ever blocked somebody so that all may hear of it: who hears that of herself asks
   * for her log no more, and so never hears that it is over (docs/networks/scuttlebutt.md).
   */
  boolean blockedAloud(Person other) {
    return blockedAloud.contains(other.feed);
  }

  /**
   * Does something with her node, if it runs; what it answers counts only when the power was there
   * all the time.
   *
   * @return empty when it was not done, or nobody knows whether it was
   */
  <T> Optional<T> with(String what, Function<Node, T> act) {
    Optional<Node> node = machine.node();
    if (node.isEmpty()) {
      return Optional.empty();
    }
    try {
      T answer = act.apply(node.get());
      return machine.node().equals(node) ? Optional.of(answer) : Optional.empty();
    } catch (DiskException e) {
      world.say(name, what + ": " + e.getMessage());
      return Optional.empty();
    } catch (Refusal e) {
      world.say(name, what + " was refused: " + e.getMessage());
      return Optional.empty();
    } catch (StoreException e) {
      if (machine.node().equals(node)) {
        throw e;
      }
      // The ground went away under it.
      return Optional.empty();
    }
  }

  void post(String text) {
    with("post", node -> say(node, text, List.of())).ifPresent(this::hasSaid);
  }

  /** Posts something with a file, which others have to fetch. */
  void post(String text, Bytes file) {
    with("post a file", node -> show(node, text, file))
        .ifPresent(blob -> {
          hasSaid(text);
          shown.add(blob);
        });
  }

  private void hasSaid(String text) {
    said.add(text);
    world.say(name, "posted " + text);
  }

  private String say(Node node, String text, List<Attachment> attachments) {
    node.engine()
        .actions()
        .act(
            account,
            new Intent.Post(Audience.ANYBODY, text, Optional.empty(), "", List.of(), attachments));
    return text;
  }

  private Hash show(Node node, String text, Bytes file) {
    try (Blobs.Lease lease =
        node.blobs().put(new ByteArrayInputStream(file.toArray()), file.length())) {
      Hash blob = lease.blob().hash();
      say(node, text, List.of(new Attachment(blob, "application/octet-stream", "", file.length())));
      return blob;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Likes the newest post of others that she sees, if there is one. */
  void like() {
    with(
        "like",
        node -> {
          Optional<PostView> newest = newestOfOthers(node);
          newest.ifPresent(post -> {
            node.engine().actions().act(account, reaction(node, post));
            world.say(name, "liked " + post.text());
          });
          return newest.isPresent();
        });
  }

  private Intent reaction(Node node, PostView post) {
    Composer composer = node.engine().composer();
    return new Intent.React(composer.post(post.id()), composer.authorOf(post.id()), "Like", true);
  }

  private Optional<PostView> newestOfOthers(Node node) {
    return node.engine().reader().home(account, Page.newest(Page.LIMIT_MAX)).stream()
        .filter(post -> !said.contains(post.text()))
        .findFirst();
  }

  /** Follows somebody and dials her address, as people do who were given one. */
  void follow(Person other) {
    relate(other, FollowState.FOLLOWING, Audience.ANYBODY);
    connect(other);
  }

  void connect(Person other) {
    dial(other.address);
  }

  private void dial(String where) {
    with("connect", node -> node.connect(account, where));
  }

  /** Follows and dials somebody who is none of ours. */
  void follow(Ref stranger, String where) {
    relate(stranger, "a stranger", FollowState.FOLLOWING, Audience.ANYBODY);
    dial(where);
  }

  void unfollow(Person other) {
    world.watch().mayLetGo();
    relate(other, FollowState.NONE, Audience.ANYBODY);
  }

  /** Blocks somebody; others hear of it or not. */
  void block(Person other, boolean told) {
    world.watch().mayLetGo();
    if (told) {
      blockedAloud.add(other.feed);
    }
    with(
            "block",
            node -> {
              node.engine().actions().block(account, target(node, other.feed), true, told);
              return true;
            })
        .ifPresent(_ -> world.say(name, "blocked " + other.name));
  }

  private void relate(Person other, FollowState state, Audience audience) {
    relate(other.feed, other.name, state, audience);
  }

  private void relate(Ref other, String called, FollowState state, Audience audience) {
    with(
            "relate",
            node ->
                node.engine()
                    .actions()
                    .act(account, new Intent.Relate(target(node, other), state, audience)))
        .ifPresent(_ -> world.say(name, state + " " + called));
  }

  private static Target target(Node node, Ref other) {
    return node.engine().composer().person(node.engine().reader().personNamed(other).id());
  }
}
