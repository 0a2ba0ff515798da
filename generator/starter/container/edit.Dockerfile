# The form of `playbook edit` for many people at once, behind your sign-in; the maintainer's guide says how it is set up.
#   docker build --file container/edit.Dockerfile --tag playbook-edit .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --volume playbook-edit:/state \
#     --volume ./secrets:/secrets:ro playbook-edit --repository git@git.example.com:sales/playbook.git --audience internal \
#     --trusted-proxy 172.18.0.2 --person-header X-Forwarded-Email --address https://edit.example.com
# /secrets holds deploy-key (readable for user 10001) and known_hosts. Publish no port: only the sign-in may reach 8010.
FROM python:3.12.12-slim-bookworm@sha256:593bd06efe90efa80dc4eee3948be7c0fde4134606dd40d8dd8dbcade98e669c
RUN apt-get update && apt-get install --yes --no-install-recommends git openssh-client && rm -rf /var/lib/apt/lists/* && \
    useradd --uid 10001 --no-create-home --home-dir /state --shell /usr/sbin/nologin playbook && \
    install --directory --owner 10001 --group 10001 --mode 700 /state
WORKDIR /playbook
COPY requirements.txt ./
COPY vendor ./vendor
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.txt && \
    python -m pip install --no-cache-dir --no-deps --no-index --force-reinstall vendor/*.whl
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    GIT_SSH_COMMAND="ssh -i /secrets/deploy-key -o IdentitiesOnly=yes -o UserKnownHostsFile=/secrets/known_hosts -o StrictHostKeyChecking=yes -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10 -o ServerAliveCountMax=3"
USER 10001
VOLUME /state
EXPOSE 8010
HEALTHCHECK CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8010, timeout=5); c.request('GET', '/'); raise SystemExit(c.getresponse().status >= 500)"]
ENTRYPOINT ["playbook", "edit", "--listen", "0.0.0.0", "--port", "8010", "--state", "/state"]
