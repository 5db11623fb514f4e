package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.PostId;
import org.skep.kernel.Store;
import org.skep.kernel.Tags;

/** Answers what is said about something, from the views. Any thread. */
public final class TagReader {
  private final Store store;
  private final PostLoaders loaders;
  private final Reach reach;

  TagReader(Store store, PostLoaders loaders, Reach reach) {
    this.store = store;
    this.loaders = loaders;
    this.reach = reach;
  }

  /**
   * Posts with a tag that anybody may read, by the account and by everybody whose log it wants;
   * sealed ones are nobody else's business and stand with their like.
   *
   * @param written as somebody wrote the tag, with or without the sign
   * @return in the order of their ids, the greatest first; none for what is no tag
   */
  public List<PostView> posts(AccountId account, String written, Page page) {
    Optional<String> tag = Tags.normalise(written);
    if (tag.isEmpty()) {
      return List.of();
    }
    return store.read(tx -> {
      PostLoader loader = loaders.in(tx, Circle.of(tx, account));
      List<PostView> posts =
          tx
              .all(
                  row -> row.number(0),
                  "SELECT t.post FROM {posts.tag} t CROSS JOIN {posts.post} p ON p.post = t.post"
                      + " WHERE t.tag = ? AND t.post < ? AND t.post > ? AND p.sealed = 0"
                      + " AND p.author IN (SELECT value FROM json_each(?)) ORDER BY t.post "
                      + (page.oldestFirst() ? "ASC" : "DESC")
                      + " LIMIT ?",
                  tag.get(),
                  page.below().map(PostId::value).orElse(Long.MAX_VALUE),
                  page.above().map(PostId::value).orElse(0L),
                  Numbers.json(reach.of(tx, account)),
                  page.limit())
              .stream()
              .map(loader::load)
              .flatMap(Optional::stream)
              .toList();
      return page.oldestFirst() ? posts.reversed() : posts;
    });
  }
}
