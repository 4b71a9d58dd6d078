// What is kept between runs and sent to servers: read back whole, and anything else told from it.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "cache/action_result.h"
#include "cache/key.h"
#include "cache/record.h"
#include "cache/seal.h"
#include "cache/store.h"

namespace slim::cache {
namespace {

const Sha256 kKey = sha256(as_bytes("key"));
const Sha256 kOther = sha256(as_bytes("another"));

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

TEST(ActionResult, NamesABlob) {
  for (const std::uint64_t size : {0UL, 1UL, 127UL, 128UL, 1UL << 40}) {
    const Digest digest{.hash = kKey, .size = size};
    EXPECT_EQ(digest_in(action_result(digest)), digest);
  }
}

TEST(ActionResult, FieldsOfServersAreSkipped) {
  const Digest digest{.hash = kKey, .size = 7};
  Bytes message = bytes_of(std::string("\x20\x00\x4a\x03\x0a\x01x\x5d____\x61________", 21));
  const Bytes ours = action_result(digest);
  message.insert(message.end(), ours.begin(), ours.end());
  EXPECT_EQ(digest_in(message), digest);
}

TEST(ActionResult, CutOrOfAnotherPathItIsNone) {
  const Bytes whole = action_result({.hash = kKey, .size = 1 << 20});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(digest_in(ByteView(whole).first(size))) << size;
  Bytes other = whole;
  other[4] ^= 1;  // a letter of the path
  EXPECT_FALSE(digest_in(other));
  for (const auto* text :
       {"<html>", "\x12", "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x0b", "\xff\xff\xff\xff\xff"})
    EXPECT_FALSE(digest_in(as_bytes(text))) << text;
}

TEST(Seal, BindsAValueToItsKey) {
  const Bytes value = bytes_of("value");
  Bytes sealed = seal_of(kKey, value);
  sealed.insert(sealed.end(), value.begin(), value.end());
  EXPECT_EQ(sealed.size(), kSealSize + value.size());
  EXPECT_TRUE(is_sealed(kKey, sealed));
  EXPECT_FALSE(is_sealed(kOther, sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes damaged = sealed;
    damaged[i] ^= 0x10;
    EXPECT_FALSE(is_sealed(kKey, damaged)) << i;
    EXPECT_FALSE(is_sealed(kKey, ByteView(sealed).first(i))) << i;
  }
}

TEST(Record, ARunOutOfBytesIsRemembered) {
  RecordWriter out;
  out.flag(true);
  out.number(std::uint32_t{7});
  out.text("text");
  const Bytes whole = out.take();
  RecordReader in(whole);
  EXPECT_TRUE(in.flag());
  EXPECT_EQ(in.number<std::uint32_t>(), 7U);
  EXPECT_EQ(in.text(), "text");
  EXPECT_TRUE(in.at_end() && !in.damaged());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    RecordReader cut(ByteView(whole).first(size));
    cut.flag();
    cut.number<std::uint32_t>();
    cut.text();
    EXPECT_TRUE(cut.damaged()) << size;
  }
  Bytes no_bool = whole;
  no_bool[0] = 2;
  RecordReader odd(no_bool);
  EXPECT_FALSE(odd.flag());
  EXPECT_TRUE(odd.damaged());
}

TEST(Key, PartsDoNotRunIntoEachOther) {
  EXPECT_NE(KeyMaker("p").add("ab").add("c").key(), KeyMaker("p").add("a").add("bc").key());
  EXPECT_NE(KeyMaker("p").add("a").key(), KeyMaker("q").add("a").key());
  EXPECT_EQ(KeyMaker("p").add("a").key(), KeyMaker("p").add("a").key());
}

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "slim-store-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::unique_ptr<Store> open(std::uint64_t limit = 1 << 20) const {
    Result<std::unique_ptr<Store>> store = Store::open(folder_ + "/a/b", limit);
    EXPECT_TRUE(store);
    return store ? std::move(*store) : nullptr;
  }
  std::string folder_;
};

TEST_F(StoreTest, GivesBackWhatWasPutAndNothingLarger) {
  const auto store = open();
  EXPECT_TRUE(store->is_private());
  EXPECT_FALSE(store->get(kKey, 100));
  store->put(kKey, bytes_of("value"));
  EXPECT_TRUE(store->has(kKey));
  EXPECT_EQ(open()->get(kKey, 100), bytes_of("value"));
  EXPECT_FALSE(store->get(kOther, 100));
  store->put(kOther, {});
  EXPECT_EQ(store->get(kOther, 0), Bytes());
  EXPECT_FALSE(store->get(kKey, 4)) << "larger than the caller can take";
  EXPECT_FALSE(store->trouble());
}

TEST_F(StoreTest, IsNotPrivateWhereOthersCanWrite) {
  open();
  using std::filesystem::perms;
  std::filesystem::permissions(folder_ + "/a/b", perms::group_write, std::filesystem::perm_options::add);
  EXPECT_FALSE(open()->is_private());
}

TEST_F(StoreTest, KeepsToItsLimit) {
  const auto store = open(10'000);
  for (int i = 0; i < 50; ++i) store->put(sha256(as_bytes(std::to_string(i))), Bytes(1000));
  store->trim();
  std::uint64_t size = 0;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder_)) {
    if (item.path().filename().string().size() == 62) size += item.file_size();
  }
  EXPECT_GT(size, 5'000U);
  EXPECT_LE(size, 10'000U);
}

}  // namespace
}  // namespace slim::cache
