package org.skep.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.skep.app.whole.Export;
import org.skep.app.whole.Import;
import org.skep.doors.SystemRandomness;

/** What happens in the drill, scene after scene. */
final class DrillStory {
  private final Drill drill;
  private final DrillPlayer ana;
  private final DrillPlayer ben;
  private final DrillPlayer you;

  private DrillStory(Drill drill) throws IOException, Failure {
    this.drill = drill;
    this.ana = drill.join("Ana");
    this.ben = drill.join("Ben");
    this.you = drill.join("You");
  }

  /** Plays the whole of it. */
  static void play(Drill drill) throws IOException, Failure, InterruptedException {
    DrillStory story = new DrillStory(drill);
    story.meet();
    story.talk();
    story.change();
    story.thinkAgain();
    story.write();
    story.comeBack();
    story.copyAFolder();
    DrillPlayer cid = story.reachFurther();
    story.moveHouse(cid);
    story.rebuild();
  }

  private void meet() throws Failure, InterruptedException {
    drill.expect(
        "three Skeps run on this machine, each with a person",
        () -> Stream.of(ana, ben, you).allMatch(DrillPlayer::isRunning));
    you.connect(ana);
    you.connect(ben);
    ben.connect(ana);
    drill.expect(
        "all three are connected to each other",
        () -> you.connected() >= 2 && ben.connected() >= 2);
    List<DrillPlayer> all = List.of(ana, ben, you);
    for (DrillPlayer player : all) {
      for (DrillPlayer other : all) {
        if (!player.equals(other)) {
          player.follow(other);
        }
      }
    }
    drill.expect(
        "each knows that the others follow",
        () -> ana.isFollowedBy(ben) && ben.isFollowedBy(you) && you.isFollowedBy(ana));
  }

  private void talk() throws Failure, InterruptedException {
    String hello = "Hello from Ana: é ✓ 😀";
    String answer = "Ben answers Ana";
    ana.say(hello);
    drill.expect(
        "Ana's post is on Ben's timeline and on yours",
        () -> ben.sees(hello).isPresent() && you.sees(hello).isPresent());
    ben.answer(hello, answer);
    drill.expect(
        "Ben's answer stands below Ana's post at Ana's and at yours",
        () -> ana.answered(hello, answer) && you.answered(hello, answer));
    drill.expect(
        "asked why, your computer says who brought it Ana's posts",
        () -> you.why(ana).anyMatch(sentence -> sentence.contains("; brought ")));
    you.react(hello, "favourite");
    drill.expect(
        "Ana sees that you like her post",
        () ->
            ana.sees(hello).filter(post -> post.path("favourites_count").asInt() == 1).isPresent());
    drill.expect(
        "Ana is told whose computers have her post", () -> !ana.delivery(hello).equals("waiting"));
  }

  private void change() throws Failure, InterruptedException {
    String said = "Helo again";
    String better = "Hello again";
    String id = ana.say(said);
    drill.expect("Ana's second post is on Ben's timeline", () -> ben.sees(said).isPresent());
    ben.react(said, "reblog");
    drill.expect(
        "you see that Ben passes it on",
        () -> you.sees(said).filter(post -> post.path("reblogs_count").asInt() == 1).isPresent());
    ana.put("/api/v1/statuses/" + id, Map.of("status", better));
    drill.expect(
        "Ana's better words stand in its place at Ben's and at yours",
        () -> ben.sees(better).isPresent() && you.sees(better).isPresent());
    ana.delete("/api/v1/statuses/" + id);
    drill.expect(
        "Ana deletes it, and it is gone at Ben's and at yours",
        () ->
            ben.sees(better).isEmpty()
                && ben.sees(said).isEmpty()
                && you.sees(better).isEmpty()
                && you.sees(said).isEmpty());
  }

  private void thinkAgain() throws Failure, InterruptedException {
    String hasty = "Something Ana would regret";
    String calm = "Something Ana stands by";
    ana.holdBack(60);
    String id = ana.say(hasty);
    drill.expect(
        "what Ana posts waits a minute, and she sees it there",
        () -> ana.delivery(hasty).equals("held"));
    ana.delete("/api/v1/statuses/" + id);
    ana.holdBack(0);
    ana.say(calm);
    drill.expect(
        "she takes it back in time: you have her next post, and never had that one",
        () -> you.sees(calm).isPresent() && ana.sees(hasty).isEmpty() && !you.everHad(ana, hasty));
  }

  private void write() throws Failure, InterruptedException {
    String words = "Ben, this is for you alone";
    String answer = "I have read it";
    ana.writeLetter(ben, words);
    drill.expect("Ben has Ana's letter", () -> ben.letter(words).isPresent());
    ben.answerLetter(words, answer);
    String seal = "Your computer has all of this by now";
    drill.expect("Ana has Ben's answer", () -> ana.letter(answer).isPresent());
    ben.say(seal);
    drill.expect(
        "your computer carries these letters, and shows you none of them",
        () -> you.sees(seal).isPresent() && you.get("/api/v1/conversations").isEmpty());
  }

  private void comeBack() throws IOException, Failure, InterruptedException {
    ben.stop();
    String missed = "Written while Ben's computer was off";
    ana.say(missed);
    ben.start();
    drill.expect(
        "Ben's computer was off, and has Ana's new post after it came back",
        () -> ben.sees(missed).isPresent());
  }

  /** Two Skeps that write with one person's keys would spoil her log. */
  private void copyAFolder() throws IOException, Failure, InterruptedException {
    ben.stop();
    DrillPlayer copy = drill.copy(ben, "Ben's copy");
    copy.start();
    drill.expect(
        "a copy of Ben's folder asks whether it is one, and posts nothing",
        () -> copy.isAskedWhetherItIsACopy() && !copy.maySay("From the copy"));
    copy.stop();
    ben.start();
    String words = "Ben himself writes on";
    ben.say(words);
    drill.expect("Ben himself writes on as before", () -> ana.sees(words).isPresent());
  }

  /** Cid knows Ben and nobody else. */
  private DrillPlayer reachFurther() throws IOException, Failure, InterruptedException {
    DrillPlayer cid = drill.join("Cid");
    String words = "Cid, whom only Ben knows, says hello";
    cid.say(words);
    cid.connect(ben);
    ben.follow(cid);
    drill.expect(
        "what Cid writes reaches you through Ben, around you and not among your friends' posts",
        () -> you.around(words).isPresent() && you.sees(words).isEmpty());
    you.block(cid);
    drill.expect(
        "you block Cid: nothing of his is shown to you any more",
        () -> you.around(words).isEmpty() && ben.sees(words).isPresent());
    return cid;
  }

  /** Everything of somebody goes into plain files, and from there to a new computer. */
  private void moveHouse(DrillPlayer cid) throws IOException, Failure, InterruptedException {
    String before = "Written on Cid's old computer";
    cid.say(before);
    cid.stop();
    String passphrase = new SystemRandomness().bytes(16).base64();
    Path files = drill.folder().resolve("Cid's export");
    Export.run(cid.data(), files, passphrase, new SystemRandomness(), drill.clock(), (_, _) -> {});
    DrillPlayer again = drill.player("Cid's new computer");
    Import.run(again.config(), files, passphrase, false, drill.clock(), (_, _) -> {}, (_, _) -> {});
    again.start();
    drill.expect(
        "Cid's export, brought back elsewhere, has what he wrote, and rests until he has looked",
        () -> again.sees(before).isPresent() && again.rests());
    again.post("/api/skep/v1/resume", Map.of("network", "ssb"));
    again.connect(ben);
    String after = "Written on Cid's new computer";
    again.say(after);
    drill.expect("he goes on from there, and Ben reads it", () -> ben.sees(after).isPresent());
  }

  private void rebuild() throws Failure, InterruptedException {
    List<String> before = you.node().dumpViews();
    you.node().rebuild();
    drill.expect(
        "your timeline, built anew from what is kept, is the same",
        () -> before.equals(you.node().dumpViews()));
  }
}
