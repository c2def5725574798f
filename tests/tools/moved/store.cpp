// A class around the SDK: small texts under names.
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>
#include "oss_api.h"
#include "aos_http_io.h"

class StoreError : public std::runtime_error {
public:
    StoreError(const std::string &what, int code) : std::runtime_error(what), code_(code) {}
    int code() const { return code_; }

private:
    int code_;
};

class Store {
public:
    Store(const std::string &bucket, const std::string &prefix) : bucket_(bucket), prefix_(prefix)
    {
        aos_pool_create(&pool_, NULL);
        options_ = oss_request_options_create(pool_);
        options_->config = oss_config_create(pool_);
        aos_str_set(&options_->config->endpoint, std::getenv("OSS_ENDPOINT"));
        aos_str_set(&options_->config->access_key_id, std::getenv("OSS_ACCESS_KEY_ID"));
        aos_str_set(&options_->config->access_key_secret, std::getenv("OSS_ACCESS_KEY_SECRET"));
        options_->ctl = aos_http_controller_create(pool_, 0);
    }

    ~Store() { aos_pool_destroy(pool_); }

    void put(const std::string &name, const std::string &text)
    {
        aos_string_t bucket, object;
        aos_list_t body;
        aos_list_init(&body);
        aos_buf_t *content = aos_buf_pack(pool_, text.c_str(), text.size());
        aos_list_add_tail(&content->node, &body);
        aos_str_set(&bucket, bucket_.c_str());
        std::string key = prefix_ + name;
        aos_str_set(&object, key.c_str());
        check("put " + name, oss_put_object_from_buffer(options_, &bucket, &object, &body, NULL, NULL));
        ++written_;
    }

    std::vector<std::string> names()
    {
        std::vector<std::string> found;
        aos_string_t bucket;
        oss_list_object_params_t *params = oss_create_list_object_params(pool_);
        oss_list_object_content_t *content;
        aos_str_set(&bucket, bucket_.c_str());
        aos_str_set(&params->prefix, prefix_.c_str());
        check("list", oss_list_object(options_, &bucket, params, NULL));
        aos_list_for_each_entry(oss_list_object_content_t, content, &params->object_list, node) {
            std::string key(content->key.data, content->key.len);
            found.push_back(key.substr(prefix_.size()));
        }
        return found;
    }

    void remove(const std::string &name)
    {
        aos_string_t bucket, object;
        std::string key = prefix_ + name;
        aos_str_set(&bucket, bucket_.c_str());
        aos_str_set(&object, key.c_str());
        check("remove " + name, oss_delete_object(options_, &bucket, &object, NULL));
    }

    int written() const { return written_; }

private:
    void check(const std::string &what, aos_status_t *status)
    {
        if (!aos_status_is_ok(status)) throw StoreError(what + " failed", status->code);
    }

    std::string bucket_;
    std::string prefix_;
    aos_pool_t *pool_ = nullptr;
    oss_request_options_t *options_ = nullptr;
    int written_ = 0;
};

int main()
{
    if (aos_http_io_initialize(NULL, 0) != AOSE_OK) return 1;
    {
        Store store("examplebucket", "notes/");
        for (const std::string day : {"monday", "tuesday", "friday"}) store.put(day, "the text of " + day);
        store.remove("tuesday");
        for (const auto &name : store.names()) std::cout << name << std::endl;
        std::cout << store.written() << " written" << std::endl;
    }
    try {
        Store nowhere("nowhere", "");
        nowhere.put("monday", "wash");
    } catch (const StoreError &error) {
        std::cout << error.what() << ": " << error.code() << std::endl;
    }
    aos_http_io_deinitialize();
    return 0;
}
