#version 330
// Light scattered twice or more, for a light of irradiance 1, by its elevation and the height.
#pragma include "lib/sky_model.glsl"
uniform sampler2D u_transmittance;
out vec4 color;

const int STEPS = 24;
const int SPHERE = 8;  // 8 by 8 directions stand for the whole sphere

void main() {
    vec2 at = (gl_FragCoord.xy - 0.5) / (SKY_SCATTER - 1.0);
    float height = at.y * SKY_TOP;
    float sun = at.x * 2.0 - 1.0;
    vec3 first = vec3(0.0), again = vec3(0.0);
    for (int index = 0; index < SPHERE * SPHERE; index++) {
        float mu = 1.0 - (float(index / SPHERE) + 0.5) * 2.0 / float(SPHERE);
        float turn = (float(index % SPHERE) + 0.5) * 2.0 * SKY_PI / float(SPHERE);
        float aside = sqrt((1.0 - mu * mu) * max(1.0 - sun * sun, 0.0));
        float angle = mu * sun + aside * cos(turn);
        bool hit;
        float end = sky_to_end(height, mu, hit);
        vec3 through = vec3(1.0);
        for (int i = 0; i < STEPS; i++) {
            float part = (float(i) + 0.5) / float(STEPS);
            float way = end * part * part;
            float here = sky_rise(height, mu, way);
            float low = sky_light_mu(height, sun, angle, way, here);
            Medium air = sky_medium(here);
            float stride = end * float(2 * i + 1) / float(STEPS * STEPS);
            vec3 share = through * (air.small + air.large) * sky_reach(air.lost, stride);
            first += share * sky_light_left(u_transmittance, here, low) / (4.0 * SKY_PI);
            again += share;
            through *= exp(-air.lost * stride);
        }
        if (hit) {
            float below = sky_light_mu(height, sun, angle, end, 0.0);
            vec3 lit = sky_light_left(u_transmittance, 0.0, below) * max(below, 0.0);
            first += through * lit * u_air_ground / SKY_PI;
        }
    }
    float count = float(SPHERE * SPHERE);
    color = vec4(first / count / (1.0 - again / count), 1.0);
}
